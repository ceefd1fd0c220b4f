import type { ReactNode, Ref } from 'react';
import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  TextField,
  type TextFieldProps,
} from 'react-aria-components';

interface Props extends Omit<TextFieldProps, 'className' | 'children'> {
  label: string;
  hint?: string | undefined;
  /** What the server refused about this field. */
  error?: string | undefined;
  placeholder?: string;
  rows?: number;
  icon?: ReactNode;
  boxRef?: Ref<HTMLInputElement & HTMLTextAreaElement>;
}

/** One line of text, or several when `rows` is given. */
export function TextInput({ label, hint, error, placeholder, rows, icon, boxRef, ...props }: Props) {
  const shared = {
    className: 'field__input',
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(boxRef === undefined ? {} : { ref: boxRef }),
  };
  return (
    <TextField {...props} className="field" isInvalid={error !== undefined}>
      <Label className="field__label">{label}</Label>
      <div className="field__box">
        {icon}
        {rows === undefined ? (
          <Input {...shared} />
        ) : (
          <TextArea className="field__input" placeholder={placeholder} rows={rows} ref={boxRef} />
        )}
      </div>
      {hint !== undefined && (
        <Text slot="description" className="field__hint">
          {hint}
        </Text>
      )}
      <FieldError className="field__error">{error}</FieldError>
    </TextField>
  );
}
