import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Button } from '../../ui/Button';
import { PickBox, type PickOption } from '../../ui/PickBox';

interface Props {
  label: string;
  hint: string;
  options: readonly PickOption[];
  values: readonly string[];
  nameOfValue: (value: string) => string;
  onChange: (values: string[]) => void;
}

/** Several of many: one is found by typing and added, each can be taken away again. */
export function PickMany({ label, hint, options, values, nameOfValue, onChange }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const words = typed.trim().toLowerCase();
  const fitting = options.filter(
    ({ id, name }) => !values.includes(id) && `${id} ${name}`.toLowerCase().includes(words),
  );
  return (
    <div>
      <PickBox
        label={label}
        hint={hint}
        options={fitting}
        value={null}
        text={typed}
        onText={setTyped}
        onChange={(id) => {
          if (id === null) return;
          onChange([...values, id]);
          setTyped('');
        }}
        empty={t('routing.nothing_fits')}
      />
      {values.length > 0 && (
        <ul className="pick-many__chosen">
          {values.map((value) => (
            <li key={value} className="chip chip--square">
              {nameOfValue(value)}
              <Button
                icon
                look="quiet"
                aria-label={t('routing.take_away', { name: nameOfValue(value) })}
                onPress={() => onChange(values.filter((one) => one !== value))}
              >
                <X size={12} aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
