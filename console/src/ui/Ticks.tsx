import { Check } from 'lucide-react';
import { useId } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';

interface Props {
  label: string;
  options: readonly { value: string; text: string }[];
  value: readonly string[];
  onChange: (value: string[]) => void;
}

/** Any of a few values, each ticked or not. */
export function Ticks({ label, options, value, onChange }: Props) {
  const name = useId();
  return (
    <div className="field">
      <span className="field__label" id={name}>
        {label}
      </span>
      <ToggleButtonGroup
        className="ticks"
        aria-labelledby={name}
        selectionMode="multiple"
        selectedKeys={value}
        onSelectionChange={(keys) => onChange([...keys].map(String))}
      >
        {options.map((option) => (
          <ToggleButton key={option.value} id={option.value} className="tick">
            {({ isSelected }) => (
              <>
                <span className="tick__box">{isSelected && <Check size={14} aria-hidden />}</span>
                {option.text}
              </>
            )}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
