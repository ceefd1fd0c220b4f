import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';

import { UnitChip } from '../ui/PhaseChip';
import { PRIORITIES, PriorityMark } from '../ui/PriorityMark';
import { OverButton } from './OverButton';
import { letterOf } from './symbols';

const UNIT_STATUSES = [
  'AVAILABLE',
  'ASSIGNED',
  'EN_ROUTE',
  'ON_SCENE',
  'OFF_DUTY',
] as const;

interface Props {
  unitKinds: readonly string[];
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** What the signs on the map mean, over its button. Open from the start. */
export function LegendPopover({ unitKinds, button, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <OverButton label={t('map.legend')} className="legend" button={button} onClose={onClose}>
      <div>
        <h3>{t('map.legend_incidents')}</h3>
        <ul>
          {PRIORITIES.map((priority) => (
            <li key={priority}>
              <PriorityMark priority={priority} named />
            </li>
          ))}
        </ul>
      </div>
      <div>
        <h3>{t('map.legend_status')}</h3>
        <ul>
          {UNIT_STATUSES.map((status) => (
            <li key={status}>
              <UnitChip status={status} />
            </li>
          ))}
          <li>
            <span className="letter letter--old">P?</span> {t('map.legend_old')}
          </li>
        </ul>
      </div>
      <div>
        <h3>{t('map.legend_units')}</h3>
        <ul>
          {unitKinds.map((kind) => (
            <li key={kind}>
              <span className="letter">{letterOf(kind)}</span>{' '}
              {t(`unit_kind.${kind}`, { defaultValue: kind })}
            </li>
          ))}
        </ul>
      </div>
    </OverButton>
  );
}
