import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { useWay } from '../../api/dispatch';
import { useKindName } from '../../api/reference';
import type { Assignment, Incident, Unit, Way } from '../../api/types';
import { CityMap } from '../../map/CityMap';
import { PriorityMark } from '../../ui/PriorityMark';
import { ResponseClock } from '../../ui/ResponseClock';
import { When } from '../../ui/When';
import { NextStep } from './NextStep';
import { Tell } from './Tell';
import { Words } from './Words';

const METRES_IN_KM = 1_000;
const SECONDS_IN_MINUTE = 60;

interface Props {
  assignment: Assignment;
  incident: Incident;
  unit: Unit;
}

/** The way in words: they stand there when the map does not. */
function WayInWords({ way }: { way: Way }) {
  const { t } = useTranslation();
  return (
    <p className="crew__way">
      <strong>
        {t('crew.way', {
          km: (way.distance_m / METRES_IN_KM).toFixed(1),
          minutes: Math.max(1, Math.round(way.travel_s / SECONDS_IN_MINUTE)),
        })}
      </strong>{' '}
      <span className="soft">
        {way.closures > 0 && `${t('crew.way_closures', { count: way.closures })} · `}
        {t(way.positioned_at === null ? 'crew.way_from_station' : 'crew.way_as_of')}{' '}
        <When at={way.positioned_at ?? way.asked_at} />
      </span>
    </p>
  );
}

/** Who else comes: a crew that knows does not wait, and does not go in alone. */
function Others({ incident, unit }: { incident: Incident; unit: Unit }) {
  const { t } = useTranslation();
  const others = incident.units.filter((sign) => sign !== unit.call_sign);
  if (others.length === 0) return null;
  return <p className="soft">{t('crew.with', { units: others.join(', ') })}</p>;
}

/** The job: where to, what for, how to get there, and the next step. */
export function Job({ assignment, incident, unit }: Props) {
  const kindName = useKindName();
  const isOnWay = assignment.state === 'ASSIGNED' || assignment.state === 'EN_ROUTE';
  const way = useWay(assignment.id, isOnWay);
  const line = isOnWay ? way.data : undefined;
  const look = useMemo(
    () => ({ lon: incident.lon, lat: incident.lat }),
    [incident.lon, incident.lat],
  );
  const incidents = useMemo(() => [incident], [incident]);
  const units = useMemo(() => [unit], [unit]);
  return (
    <>
      <section className="crew__job">
        <div className="line-up">
          <PriorityMark priority={incident.priority} named />
          <span className="soft figures">{incident.number}</span>
          <ResponseClock incident={incident} />
        </div>
        <h2>{kindName(incident.kind)}</h2>
        <p className="crew__place">{incident.place_text}</p>
        <p>{incident.text}</p>
        <Words incident={incident} />
        <Others incident={incident} unit={unit} />
        {line && <WayInWords way={line} />}
      </section>
      <div className="crew__map">
        <CityMap
          incidents={incidents}
          units={units}
          chosenId={incident.id}
          look={look}
          way={line?.line}
        />
      </div>
      <div className="crew__foot">
        <Tell assignment={assignment} />
        <NextStep assignment={assignment} />
      </div>
    </>
  );
}
