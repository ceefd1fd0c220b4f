import { useState } from 'react';

import { Button } from '../../ui/Button';
import { Choice, type Option } from '../../ui/Choice';

interface Props<Code extends string> {
  label: string;
  button: string;
  codes: readonly [Option<Code>, ...Option<Code>[]];
  isPending: boolean;
  onChosen: (code: Code) => void;
}

/** A move that takes one code: how the case ended, what became of it. */
export function CodeBox<Code extends string>({ label, button, codes, isPending, onChosen }: Props<Code>) {
  const [chosen, setChosen] = useState<Code>(codes[0].value);
  return (
    <div className="case-choose">
      <Choice label={label} value={chosen} onChange={setChosen} options={codes} />
      <Button look="main" isDisabled={isPending} onPress={() => onChosen(chosen)}>
        {button}
      </Button>
    </div>
  );
}
