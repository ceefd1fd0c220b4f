import { useTranslation } from 'react-i18next';

import { useServerNow } from '../../api/serverClock';
import { useMay } from '../../api/session';
import type { Incident } from '../../api/types';
import { readOne } from '../../ui/clock';
import { Panel } from '../../ui/Panel';
import { ClockFace } from '../../ui/ResponseClock';
import './clocks.css';
import { EscalationBox } from './EscalationBox';

/** Every clock of an incident, and whom the desk asks while nobody comes. */
export function ClocksPanel({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const now_ms = useServerNow();
  const maySend = useMay('incident.assign');
  const { clocks, escalation } = incident;
  return (
    <Panel title={t('clocks.title')}>
      {clocks.length === 0 && <p className="soft">{t('clocks.none')}</p>}
      <ul className="clocks">
        {clocks.map((clock) => (
          <li key={`${clock.code} ${clock.unit}`}>
            <ClockFace reading={readOne(clock, now_ms)} />
          </li>
        ))}
      </ul>
      {escalation !== null && incident.state === 'OPEN' && (
        <EscalationBox incident={incident} escalation={escalation} maySend={maySend} />
      )}
    </Panel>
  );
}
