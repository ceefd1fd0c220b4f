import { Check } from 'lucide-react';
import { CheckboxButton, CheckboxField, GridList, GridListItem } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { Reason, Recommendation } from '../../api/types';
import { letterOf } from '../../map/symbols';
import { writeSpan } from '../../ui/clock';
import { useReasonText } from './reasonText';

function kilometres(metres: number): string {
  return (metres / 1000).toFixed(1);
}

function Reasons({ reasons }: { reasons: readonly Reason[] }) {
  const { t } = useTranslation();
  const reasonText = useReasonText();
  return <span className="ranked__why">{reasons.map(reasonText).join(t('recommend.and'))}</span>;
}

interface Props {
  recommendation: Recommendation;
  chosen: ReadonlySet<string>;
  onChange: (chosen: Set<string>) => void;
}

/** The ranking as a list to choose from: Space chooses, the arrow keys walk. */
export function RecommendedUnits({ recommendation, chosen, onChange }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <GridList
      aria-label={t('recommend.title')}
      className="ranking"
      items={recommendation.units.map((unit) => ({ ...unit, id: unit.unit_id }))}
      dependencies={[i18n.language]}
      selectionMode="multiple"
      selectedKeys={chosen}
      onSelectionChange={(keys) => {
        const all = recommendation.units.map((unit) => unit.unit_id);
        onChange(new Set(keys === 'all' ? all : [...keys].map(String)));
      }}
    >
      {(unit) => (
        <GridListItem className="ranked" textValue={unit.call_sign}>
          <CheckboxField slot="selection">
            <CheckboxButton className="ranked__tick">
              <Check size={12} strokeWidth={3} aria-hidden />
            </CheckboxButton>
          </CheckboxField>
          <span className="ranked__rank figures">{unit.rank}</span>
          <span className="letter" aria-hidden>
            {letterOf(unit.kind)}
          </span>
          <span>
            <strong>{unit.call_sign}</strong>{' '}
            <span className="soft">{t(`unit_kind.${unit.kind}`, { defaultValue: unit.kind })}</span>
            <Reasons reasons={unit.reasons} />
          </span>
          <span className="ranked__time figures">
            <strong>{writeSpan(unit.travel_s * 1000)}</strong>
            <span className="soft">{t('recommend.km', { km: kilometres(unit.distance_m) })}</span>
          </span>
        </GridListItem>
      )}
    </GridList>
  );
}
