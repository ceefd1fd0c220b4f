import type { Ref } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components';

interface Props extends Omit<ButtonProps, 'className'> {
  look?: 'main' | 'danger' | 'quiet';
  /** Only a picture inside: `aria-label` names the button. */
  icon?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ look, icon = false, ...props }: Props) {
  const names = ['button', look && `button--${look}`, icon && 'button--icon'];
  return <AriaButton {...props} className={names.filter(Boolean).join(' ')} />;
}
