import { useState, type ComponentProps } from 'react';

import { FormDialog } from './FormDialog';
import { TextInput } from './TextInput';

interface Props extends Omit<ComponentProps<typeof FormDialog>, 'isReady' | 'onSubmit'> {
  /** What is wanted in words. */
  label: string;
  /** Whether the other fields, above the text, are filled in. */
  isReady?: boolean;
  onAnswer: (text: string, close: () => void) => void;
}

/** A question in a dialog that wants an answer in words: a reason, a purpose, an outcome. */
export function Ask({ label, isReady = true, onAnswer, children, ...dialog }: Props) {
  const [typed, setTyped] = useState('');
  const answer = typed.trim();
  return (
    <FormDialog
      {...dialog}
      isReady={isReady && answer !== ''}
      onSubmit={(close) => onAnswer(answer, close)}
    >
      {children}
      <TextInput label={label} value={typed} onChange={setTyped} rows={3} autoFocus />
    </FormDialog>
  );
}
