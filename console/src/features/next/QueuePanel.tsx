import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useOrganisationName } from '../../api/reference';
import { useMe } from '../../api/session';
import type { Queue, WaitingRow } from '../../api/types';
import { Panel } from '../../ui/Panel';
import { When } from '../../ui/When';
import { QUEUES, type QueueLook } from './queues';
import { useRowName } from './useRowName';

interface RowProps {
  row: WaitingRow;
  look: QueueLook;
}

/** What a row is, where, and by when or since when. */
export function RowWords({ row, look }: RowProps) {
  const { t } = useTranslation();
  const nameOfRow = useRowName();
  const organisationName = useOrganisationName();
  const me = useMe();
  const { name, beside } = nameOfRow(look.named, row);
  const isNamedByIt = look.named === 'holder' || row.organisation_id === me.organisation.id;
  const holder = isNamedByIt ? '' : organisationName(row.organisation_id);
  return (
    <>
      <span className="next__what">
        <strong>{name}</strong> {row.place_text}
      </span>
      <span className="next__beside soft">
        {beside !== '' && <span className="figures">{beside}</span>}
        {holder !== '' && <span>{holder}</span>}
        {row.at !== null && (
          <span>
            {t(`next.${look.time}`)} <When at={row.at} />
          </span>
        )}
      </span>
    </>
  );
}

/** One queue: how many wait, the first of them, and the way to all. */
export function QueuePanel({ queue }: { queue: Queue }) {
  const { t } = useTranslation();
  const me = useMe();
  const look = QUEUES[queue.name];
  if (look === undefined) return null;
  const list = look.list(me);
  const title = t(`queue.${queue.name}`, { defaultValue: queue.name });
  return (
    <Panel
      className={look.isLate ? 'next__queue next__queue--late' : 'next__queue'}
      title={title}
      count={queue.count}
      flush
      tools={
        <>
          {look.isLate && (
            <span className="chip chip--bad">{t('next.late')}</span>
          )}
          <Link to={list} className="next__all" aria-label={t('next.all_of', { title })}>
            {queue.more ? t('next.more') : t('next.all')}
            <ArrowRight size={14} aria-hidden />
          </Link>
        </>
      }
    >
      <ul className="next__rows">
        {queue.rows.map((row, index) => (
          <li key={row.id ?? `${row.name}${index}`}>
            <Link className="next__row" to={row.id !== null && look.row ? look.row(row.id) : list}>
              <RowWords row={row} look={look} />
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
