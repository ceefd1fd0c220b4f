import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useClockName } from '../../api/clocks';
import { useKindName, useOrganisationName } from '../../api/reference';
import type { DeskNote, DueRow, Picture } from '../../api/review';
import type { IncidentPhase } from '../../api/types';
import { Panel } from '../../ui/Panel';
import { PhaseChip } from '../../ui/PhaseChip';
import { PriorityMark } from '../../ui/PriorityMark';
import { When } from '../../ui/When';

/** What was cut off says so. */
function Beyond({ count, shown }: { count: number; shown: number }) {
  const { t } = useTranslation();
  return count > shown ? <p className="soft">{t('handover.beyond', { count: count - shown })}</p> : null;
}

function Open({ part }: { part: Picture['open'] }) {
  const { t } = useTranslation();
  const kindName = useKindName();
  return (
    <Panel title={t('handover.open')} count={part.count}>
      {part.count === 0 && <p className="soft">{t('handover.none')}</p>}
      <ul className="handover__rows">
        {part.rows.map((row) => (
          <li key={row.id}>
            <span className="line-up">
              <PriorityMark priority={row.priority} />
              <Link to={`/incidents/${row.id}`}>{kindName(row.kind)}</Link>
              <span className="soft figures">{row.number}</span>
              <PhaseChip phase={row.phase as IncidentPhase} />
            </span>
            <span className="soft">
              {row.place_text} <When at={row.received_at} />
              {row.units.length > 0 && ` · ${row.units.join(' · ')}`}
            </span>
          </li>
        ))}
      </ul>
      <Beyond count={part.count} shown={part.rows.length} />
    </Panel>
  );
}

function Due({ part, title }: { part: Picture['due']; title: string }) {
  const { t } = useTranslation();
  const clockName = useClockName();
  const organisationName = useOrganisationName();
  const nameOfRow = ({ what, name }: DueRow): string => {
    if (what === 'ANSWER' || what === 'HELP') return organisationName(name);
    const [code = '', ...units] = name.split(' ');
    return what === 'CLOCK' ? [clockName(code), ...units].join(' ') : name;
  };
  return (
    <Panel title={title} count={part.count}>
      {part.count === 0 && <p className="soft">{t('handover.none')}</p>}
      <ul className="handover__rows">
        {part.rows.map((row) => (
          <li key={`${row.what} ${row.name} ${row.due_at} ${row.incident_number} ${row.text}`}>
            <span>
              <strong>{t(`due.${row.what}`)}</strong> {nameOfRow(row)} {row.text}
            </span>
            <span className="soft">
              {t('handover.by')} <When at={row.due_at} />
              {row.incident_id !== null && (
                <>
                  {' · '}
                  <Link to={`/incidents/${row.incident_id}`} className="figures">
                    {row.incident_number}
                  </Link>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      <Beyond count={part.count} shown={part.rows.length} />
    </Panel>
  );
}

function Out({ part }: { part: Picture['out_of_service'] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('handover.out')} count={part.count}>
      {part.count === 0 && <p className="soft">{t('handover.none')}</p>}
      <ul className="handover__rows">
        {part.rows.map((row) => (
          <li key={row.call_sign}>
            <span>
              <strong>{row.call_sign}</strong>{' '}
              {t(`unit_kind.${row.kind}`, { defaultValue: row.kind })}
            </span>
            <span>
              {row.reason} {row.since_at !== null && <When at={row.since_at} />}
            </span>
          </li>
        ))}
      </ul>
      <Beyond count={part.count} shown={part.rows.length} />
    </Panel>
  );
}

/** What is open, due, promised and out of service. */
export function PictureParts({ picture }: { picture: Picture }) {
  const { t } = useTranslation();
  return (
    <div className="handover__picture">
      <Open part={picture.open} />
      <Due part={picture.due} title={t('handover.due')} />
      <Due part={picture.promised} title={t('handover.promised')} />
      <Out part={picture.out_of_service} />
    </div>
  );
}

/** Entries of the desk's log, newest first. */
export function Log({ log, tools }: { log: readonly DeskNote[]; tools?: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('handover.log')} count={log.length} tools={tools}>
      {log.length === 0 && <p className="soft">{t('handover.no_log')}</p>}
      <ul className="handover__rows">
        {log.map((note) => (
          <li key={note.id}>
            <span>
              {note.kind !== 'NOTE' && <strong>{t(`desk_note.${note.kind}`)} </strong>}
              {note.text}
            </span>
            <span className="soft">
              {note.made_by_name} · <When at={note.made_at} />
              {note.due_at !== null && (
                <>
                  {' · '}
                  {t('handover.by')} <When at={note.due_at} />
                </>
              )}
              {note.incident_number !== '' && ` · ${note.incident_number}`}
              {note.settled && ` · ${t('handover.settled')}`}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
