import { CopyCheck } from 'lucide-react';
import { Label, RadioButton, RadioField, RadioGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { useKindName } from '../../api/reference';
import type { Similar } from '../../api/types';
import { writeSpan } from '../../ui/clock';

/** The answer that it is a new one. */
export const NEW = 'new';

interface Props {
  rows: readonly Similar[];
  /** The id of the incident to attach to, `NEW`, or null while it is open. */
  value: string | null;
  onChange: (value: string) => void;
}

/** Open incidents like this one nearby. Whether it is one of them is always asked, never assumed. */
export function SimilarChoice({ rows, value, onChange }: Props) {
  const { t } = useTranslation();
  const kindName = useKindName();
  return (
    <RadioGroup className="similar" value={value} onChange={onChange} id="similar">
      <Label className="similar__title">
        <CopyCheck size={16} aria-hidden />
        {t('call.similar', { count: rows.length })}
      </Label>
      {rows.map((row) => (
        <RadioField key={row.incident_id} value={row.incident_id}>
          <RadioButton className="similar__row">
            <span className="similar__text">
              <strong>{t('call.similar_attach', { number: row.number })}</strong>
              <span className="soft">
                {t('call.similar_where', {
                  kind: kindName(row.kind),
                  distance: Math.round(row.distance_m),
                  age: writeSpan(row.age_s * 1000),
                })}
              </span>
              <span className={row.suggested ? 'chip chip--accent' : 'chip'}>
                {t(row.suggested ? 'links.likely_same' : 'links.maybe_same', {
                  percent: Math.round(row.probability * 100),
                  count: row.report_count,
                })}
              </span>
            </span>
          </RadioButton>
        </RadioField>
      ))}
      <RadioField value={NEW}>
        <RadioButton className="similar__row">
          <strong>{t('call.similar_new')}</strong>
        </RadioButton>
      </RadioField>
    </RadioGroup>
  );
}
