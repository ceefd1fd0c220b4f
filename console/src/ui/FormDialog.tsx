import type { ReactNode } from 'react';
import { Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Problem } from '../api/problem';
import { Button } from './Button';
import { ProblemNote } from './states';

interface Props {
  /** The button that opens the dialog. */
  button: ReactNode;
  title: string;
  text?: string;
  confirm: string;
  problem: Problem | null;
  isPending: boolean;
  isReady: boolean;
  children?: ReactNode;
  onSubmit: (close: () => void) => void;
}

/** Fields in a dialog and the one thing that they are for. */
export function FormDialog(props: Props) {
  const { button, title, text, confirm, problem, isPending, isReady, children, onSubmit } = props;
  const { t } = useTranslation();
  return (
    <DialogTrigger>
      {button}
      <ModalOverlay className="veil" isDismissable>
        <Modal>
          <Dialog className="dialog">
            {({ close }) => (
              <form
                className="stack"
                onSubmit={(event) => {
                  event.preventDefault();
                  if (isReady && !isPending) onSubmit(close);
                }}
              >
                <Heading slot="title" level={2}>
                  {title}
                </Heading>
                {text !== undefined && <p className="soft">{text}</p>}
                {children}
                <ProblemNote problem={problem} />
                <div className="line-up">
                  <Button type="submit" look="main" isDisabled={!isReady || isPending}>
                    {confirm}
                  </Button>
                  <Button onPress={close}>{t('action.cancel')}</Button>
                </div>
              </form>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
