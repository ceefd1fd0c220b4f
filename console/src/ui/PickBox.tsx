import { ChevronDown } from 'lucide-react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import {
  Button,
  ComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from 'react-aria-components';

export interface PickOption {
  id: string;
  name: string;
  /** What tells it from its neighbours, at the right. */
  detail?: string;
  mark?: ReactNode;
}

interface Props {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  placeholder?: string;
  icon?: ReactNode;
  options: readonly PickOption[];
  /** The id of what is chosen. */
  value: string | null;
  onChange: (id: string | null) => void;
  text: string;
  onText: (text: string) => void;
  /** What the list says while nothing fits. */
  empty: string;
  /** Enter was pressed while no option is marked; the first option is taken when this is missing. */
  onEnter?: () => void;
  boxRef?: Ref<HTMLInputElement> | undefined;
}

function Row({ option }: { option: PickOption }) {
  return (
    <ListBoxItem className="option" id={option.id} textValue={option.name}>
      {option.mark}
      <span>{option.name}</span>
      {option.detail !== undefined && <span className="option__detail">{option.detail}</span>}
    </ListBoxItem>
  );
}

/** A text box with a list that narrows while one types, best first: Enter takes the first. */
export function PickBox(props: Props) {
  const { label, hint, error, options, value, onChange, text, onText } = props;
  const chosen = options.some(({ id }) => id === value) ? value : null;
  const takeFirst = (event: KeyboardEvent<HTMLDivElement>): void => {
    const plain = event.key === 'Enter' && !event.ctrlKey && !event.metaKey;
    if (!plain || !(event.target instanceof HTMLInputElement)) return;
    if (event.target.hasAttribute('aria-activedescendant')) return;
    event.preventDefault();
    event.stopPropagation();
    const first = options[0];
    if (props.onEnter) props.onEnter();
    else if (first && text.trim() !== '') onChange(first.id);
  };
  return (
    <ComboBox
      className="field"
      items={options}
      inputValue={text}
      onInputChange={onText}
      value={chosen}
      onChange={(id) => onChange(id === null ? null : String(id))}
      allowsEmptyCollection
      allowsCustomValue
      menuTrigger="input"
      isInvalid={error !== undefined}
    >
      <Label className="field__label">{label}</Label>
      <div className="field__box" onKeyDownCapture={takeFirst}>
        {props.icon}
        <Input
          className="field__input"
          placeholder={props.placeholder ?? ''}
          {...(props.boxRef === undefined ? {} : { ref: props.boxRef })}
        />
        <Button className="field__open">
          <ChevronDown size={14} aria-hidden />
        </Button>
      </div>
      {hint !== undefined && (
        <Text slot="description" className="field__hint">
          {hint}
        </Text>
      )}
      <FieldError className="field__error">{error}</FieldError>
      <Popover className="popover">
        <ListBox<PickOption>
          className="options"
          renderEmptyState={() => <p className="options__empty">{props.empty}</p>}
        >
          {(option) => <Row option={option} />}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
