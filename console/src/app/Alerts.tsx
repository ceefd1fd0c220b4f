import { AlarmClock, BellRing, Siren, TriangleAlert, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { dismissAlert, followAlerts, useAlerts, type Alert, type AlertKind } from '../api/alerts';
import { useClockName } from '../api/clocks';
import { nameOf, useKindName } from '../api/reference';
import { useMay } from '../api/session';
import { Button } from '../ui/Button';
import { PriorityMark } from '../ui/PriorityMark';
import { play, type SoundName } from '../ui/sound';
import './alerts.css';

const PICTURES: Record<AlertKind, typeof Siren> = {
  new: BellRing,
  warning: AlarmClock,
  breached: TriangleAlert,
  escalated: Siren,
};
const SOUNDS: Record<AlertKind, SoundName> = {
  new: 'new',
  warning: 'warning',
  breached: 'breached',
  escalated: 'breached',
};

function One({ alert }: { alert: Alert }) {
  const { t } = useTranslation();
  const kindName = useKindName();
  const clockName = useClockName();
  const Picture = PICTURES[alert.kind];
  const about = alert.ring === null ? clockName(alert.clock) : nameOf(alert.ring);
  return (
    <li className={`alert alert--${alert.kind}`}>
      <Picture size={16} aria-hidden />
      <PriorityMark priority={alert.priority} />
      <Link to={`/incidents/${alert.incidentId}`}>
        {t(`alert.${alert.kind}`, { about })}
        {alert.unit !== '' && ` ${alert.unit}`}: {kindName(alert.incidentKind)}{' '}
        <span className="figures">{alert.number}</span>
      </Link>
      <Button icon look="quiet" aria-label={t('alert.dismiss')} onPress={() => dismissAlert(alert.id)}>
        <X size={14} aria-hidden />
      </Button>
    </li>
  );
}

/** What the desk hears of at once, in words and with a sound; for those who send units. */
export function Alerts() {
  const { t } = useTranslation();
  const concerned = useMay('incident.assign');
  const alerts = useAlerts();
  const [heard, setHeard] = useState('');
  useEffect(() => {
    if (!concerned) return undefined;
    return followAlerts(({ kind }) => {
      if (play(SOUNDS[kind], performance.now())) setHeard(SOUNDS[kind]);
    });
  }, [concerned]);
  if (!concerned) return null;
  return (
    <section className="alerts" aria-label={t('alert.title')} aria-live="polite" data-heard={heard}>
      <ul>
        {alerts.map((alert) => (
          <One key={alert.id} alert={alert} />
        ))}
      </ul>
    </section>
  );
}
