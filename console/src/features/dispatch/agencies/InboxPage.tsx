import { useTranslation } from 'react-i18next';

import { useHelpRequests, useSharedIncidents, type SharedIncident } from '../../../api/agencies';
import { useKindName } from '../../../api/reference';
import { Panel } from '../../../ui/Panel';
import { PriorityMark } from '../../../ui/PriorityMark';
import { Rows } from '../../../ui/Rows';
import { Empty } from '../../../ui/states';
import { When } from '../../../ui/When';
import { AgreementList } from './AgreementList';
import '../../../ui/deals.css';
import { HelpRequestCard } from './HelpRequestCard';
import { useCapabilityName } from './names';

/** What is said of an incident, as far as it is shared. */
function Words({ shared }: { shared: SharedIncident }) {
  const { t } = useTranslation();
  const capabilityName = useCapabilityName();
  const { lon, lat } = shared;
  const spot = lon === null || lat === null ? '' : `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
  const needs = (shared.needs ?? []).map(capabilityName).join(' · ');
  const lines = [
    shared.place_text,
    spot,
    shared.text,
    needs === '' ? '' : `${t('agency.needs')} ${needs}`,
    (shared.units ?? []).join(' · '),
  ];
  return lines.map((line, row) =>
    line === null || line === '' ? null : <span key={`${row} ${line}`}>{line}</span>,
  );
}

/** One incident as far as it is shared; what was not agreed is not there. */
function Shared({ shared }: { shared: SharedIncident }) {
  const { t } = useTranslation();
  const kindName = useKindName();
  const { kind, priority, phase, received_at } = shared;
  return (
    <li className="deal">
      <span className="deal__head">
        {priority !== null && <PriorityMark priority={priority} />}
        <strong>{kind === null ? t('agency.incident') : kindName(kind)}</strong>
        <span className="soft figures">{shared.number}</span>
        <span className="chip chip--square">
          {t(`phase.${phase ?? shared.state}`, { defaultValue: t('agency.open') })}
        </span>
      </span>
      <Words shared={shared} />
      {received_at !== null && (
        <span className="soft">
          {t('incident.received')} <When at={received_at} />
        </span>
      )}
      <span className="soft">
        {t('agency.shared_until')} <When at={shared.ends_at} />
      </span>
    </li>
  );
}

/** The screen of a linked agency: what it is asked for, what it is shown, what was agreed. */
export function InboxPage() {
  const { t } = useTranslation();
  const requests = useHelpRequests();
  const shared = useSharedIncidents();
  const open = requests.data?.filter(({ ended_at }) => ended_at === null).length;
  return (
    <div className="page page--long">
      <div className="page__head">
        <h1>{t('place.inbox')}</h1>
      </div>
      <div className="agencies" role="group" aria-label={t('place.inbox')} tabIndex={0}>
        <Panel title={t('agency.requests')} count={open} flush>
          <Rows query={requests} empty={<Empty title={t('agency.no_requests')} text={t('agency.no_requests_text')} />}>
            {(rows) => (
              <ul aria-live="polite">
                {rows.map((request) => (
                  <HelpRequestCard key={request.id} request={request} />
                ))}
              </ul>
            )}
          </Rows>
        </Panel>
        <Panel title={t('agency.shared')} count={shared.data?.length} flush>
          <Rows
            query={shared}
            empty={<Empty steps={null} title={t('agency.none_shared')} text={t('agency.none_shared_text')} />}
          >
            {(rows) => (
              <ul>
                {rows.map((one) => (
                  <Shared key={one.id} shared={one} />
                ))}
              </ul>
            )}
          </Rows>
        </Panel>
        <AgreementList />
      </div>
    </div>
  );
}
