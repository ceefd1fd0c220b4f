import type { ReactNode, RefObject } from 'react';
import { Dialog, Popover } from 'react-aria-components';

interface Props {
  /** What it is, for those who hear it. */
  label: string;
  className: string;
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
  children: ReactNode;
}

/** What a key of the map opens, over that key. Open from the start. */
export function OverButton({ label, className, button, onClose, children }: Props) {
  return (
    <Popover
      className="popover"
      placement="top start"
      triggerRef={button}
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Dialog className={className} aria-label={label}>
        {children}
      </Dialog>
    </Popover>
  );
}
