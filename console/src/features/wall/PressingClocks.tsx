import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useKindName } from '../../api/reference';
import { useServerNow } from '../../api/serverClock';
import type { IncidentRow } from '../../api/types';
import { readOne } from '../../ui/clock';
import { Panel } from '../../ui/Panel';
import { PriorityMark } from '../../ui/PriorityMark';
import { ClockFace } from '../../ui/ResponseClock';
import { pressing } from './pressing';

const SHOWN_LIMIT = 10;

/** The clocks that run, the one most over its limit first. */
export function PressingClocks({ incidents }: { incidents: readonly IncidentRow[] }) {
  const { t } = useTranslation();
  const kindName = useKindName();
  const now_ms = useServerNow();
  const { running, over, near } = pressing(incidents, now_ms);
  return (
    <Panel title={t('wall.running')} count={running.length} className="wall__wide">
      <p className="wall__sum">
        {t('wall.over')} <strong className="figures">{over}</strong> · {t('wall.near')}{' '}
        <strong className="figures">{near}</strong>
      </p>
      {running.length === 0 && <p className="soft">{t('clocks.none')}</p>}
      <ul className="wall__clocks">
        {running.slice(0, SHOWN_LIMIT).map(({ incident, clock }) => (
          <li key={`${incident.id} ${clock.code} ${clock.unit}`}>
            <PriorityMark priority={incident.priority} />
            <Link to={`/incidents/${incident.id}`}>
              {kindName(incident.kind)} <span className="soft figures">{incident.number}</span>
            </Link>
            <ClockFace reading={readOne(clock, now_ms)} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
