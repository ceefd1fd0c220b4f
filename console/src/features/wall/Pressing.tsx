import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useOpenIncidents } from '../../api/dispatch';
import { useKindName } from '../../api/reference';
import { useServerNow } from '../../api/serverClock';
import type { Wall } from '../../api/types';
import { readOne } from '../../ui/clock';
import { PriorityMark } from '../../ui/PriorityMark';
import { ClockFace } from '../../ui/ResponseClock';
import { Ago } from '../../ui/When';
import { pressing } from './pressing';

const SHOWN_LIMIT = 4;

/** To whom nobody goes yet, by urgency, and the clocks that run, the one most over its limit first. */
export function Pressing({ waiting }: { waiting: Wall['waiting'] }) {
  const { t } = useTranslation();
  const kindName = useKindName();
  const now_ms = useServerNow();
  const { running, over, near } = pressing(useOpenIncidents().data ?? [], now_ms);
  return (
    <>
      <ul className="wall__waiting">
        {waiting.map((one) => (
          <li key={one.priority}>
            <PriorityMark priority={one.priority} named />
            <strong className="figures">{one.waiting}</strong>
            {one.oldest_at !== null && <Ago at={one.oldest_at} />}
          </li>
        ))}
      </ul>
      <p className="wall__sum">
        {t('wall.over')} <strong className="figures">{over}</strong> · {t('wall.near')}{' '}
        <strong className="figures">{near}</strong>
      </p>
      {running.length === 0 && <p>{t('clocks.none')}</p>}
      <ul className="wall__clocks">
        {running.slice(0, SHOWN_LIMIT).map(({ incident, clock }) => (
          <li key={`${incident.id} ${clock.code} ${clock.unit}`}>
            <PriorityMark priority={incident.priority} />
            <Link to={`/incidents/${incident.id}`}>
              {kindName(incident.kind)} <span className="figures">{incident.number}</span>
            </Link>
            <ClockFace reading={readOne(clock, now_ms)} />
          </li>
        ))}
      </ul>
    </>
  );
}
