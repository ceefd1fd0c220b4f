import { CheckboxButton, CheckboxField, CheckboxGroup, Label } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { nameOf } from '../../api/reference';
import { useCrewMembers } from '../../api/units';

interface Props {
  value: string[];
  onChange: (people: string[]) => void;
}

/** Who is on a crew: everybody who can be, with those chosen ticked. */
export function CrewTicks({ value, onChange }: Props) {
  const { t } = useTranslation();
  const people = useCrewMembers().data ?? [];
  return (
    <CheckboxGroup value={value} onChange={onChange} className="shift__people">
      <Label className="field__label">{t('shift.crew')}</Label>
      {people.map((person) => (
        <CheckboxField key={person.id} value={person.id}>
          <CheckboxButton className="shift__person">
            <span className="shift__tick" aria-hidden />
            {nameOf(person)} <span className="soft">{person.username}</span>
          </CheckboxButton>
        </CheckboxField>
      ))}
    </CheckboxGroup>
  );
}
