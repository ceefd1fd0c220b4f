import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { PRIORITIES, PriorityMark } from '../../ui/PriorityMark';

interface Props {
  value: number | null;
  isSuggested: boolean;
  onChange: (priority: number) => void;
}

/** How urgent: proposed by the kind, overruled with the arrow keys. */
export function PriorityChoice({ value, isSuggested, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <RadioGroup
      className="field"
      orientation="horizontal"
      value={value === null ? null : String(value)}
      onChange={(chosen) => onChange(Number(chosen))}
    >
      <Label className="field__label">
        {t('call.priority')}
        {isSuggested && value !== null && <> · {t('call.priority_suggested')}</>}
      </Label>
      <div className="priorities">
        {PRIORITIES.map((priority) => (
          <RadioField key={priority} value={String(priority)}>
            <RadioButton className="priority-radio">
              <PriorityMark priority={priority} named />
            </RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}
