import { useState, type ReactNode } from 'react';
import { Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Problem } from '../api/problem';
import { Button } from './Button';
import { ProblemNote } from './states';
import { TextInput } from './TextInput';

interface Props {
  /** The button that opens the question. */
  button: ReactNode;
  title: string;
  text?: string;
  label: string;
  confirm: string;
  problem: Problem | null;
  isPending: boolean;
  /** Other fields, above the text. */
  children?: ReactNode;
  /** Whether the other fields are filled in. */
  isReady?: boolean;
  onAnswer: (text: string, close: () => void) => void;
}

/** A question in a dialog that wants an answer in words: a reason, a purpose, an outcome. */
export function Ask({
  button,
  title,
  text,
  label,
  confirm,
  problem,
  isPending,
  children,
  isReady = true,
  onAnswer,
}: Props) {
  const { t } = useTranslation();
  const [answer, setAnswer] = useState('');
  const ready = isReady && answer.trim() !== '';
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
                  if (ready) onAnswer(answer.trim(), close);
                }}
              >
                <Heading slot="title" level={2}>
                  {title}
                </Heading>
                {text !== undefined && <p className="soft">{text}</p>}
                {children}
                <TextInput label={label} value={answer} onChange={setAnswer} rows={3} autoFocus />
                <ProblemNote problem={problem} />
                <div className="line-up">
                  <Button type="submit" look="main" isDisabled={!ready || isPending}>
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
