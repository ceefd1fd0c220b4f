import { ChevronDown } from 'lucide-react';
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
} from 'react-aria-components';

export interface Option<Value extends string> {
  value: Value;
  text: string;
}

interface Props<Value extends string> {
  label: string;
  options: readonly Option<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
  placeholder?: string;
}

/** One of a few values; greyed while there is none to choose, so that no press is lost on a list still to come. */
export function Choice<Value extends string>({
  label,
  options,
  value,
  onChange,
  placeholder,
}: Props<Value>) {
  return (
    <Select
      className="field"
      value={value}
      placeholder={placeholder ?? ''}
      isDisabled={options.length === 0}
      onChange={(key) => {
        const chosen = options.find((option) => option.value === key);
        if (chosen) onChange(chosen.value);
      }}
    >
      <Label className="field__label">{label}</Label>
      <Button className="field__box choice">
        <SelectValue className="choice__value" />
        <ChevronDown size={14} aria-hidden />
      </Button>
      <Popover className="popover">
        <ListBox className="options" items={options}>
          {(option) => (
            <ListBoxItem className="option" id={option.value} textValue={option.text}>
              {option.text}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
