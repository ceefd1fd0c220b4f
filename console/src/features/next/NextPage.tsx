import { ArrowRight, CircleCheck } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useWaiting } from '../../api/finding';
import { useMe } from '../../api/session';
import type { Queue } from '../../api/types';
import { Loaded } from '../../ui/states';
import './next.css';
import { QueuePanel, RowWords } from './QueuePanel';
import { inOrderOf, QUEUES } from './queues';

/** The one thing to do next: Enter opens it, without a hand on the mouse. */
function TheNext({ queue }: { queue: Queue }) {
  const { t } = useTranslation();
  const me = useMe();
  const way = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    // Only where nothing else has been reached yet: what one is at is not taken away.
    if (document.activeElement === document.body) way.current?.focus();
  }, []);
  const look = QUEUES[queue.name];
  const [row] = queue.rows;
  if (look === undefined || row === undefined) return null;
  return (
    <Link
      ref={way}
      className={look.isLate ? 'next__first next__first--late' : 'next__first'}
      to={row.id !== null && look.row ? look.row(row.id) : look.list(me)}
    >
      <span className="next__why">{t(`queue.${queue.name}`, { defaultValue: queue.name })}</span>
      <RowWords row={row} look={look} />
      <ArrowRight size={20} aria-hidden />
    </Link>
  );
}

function Waiting({ queues }: { queues: readonly Queue[] }) {
  const { t } = useTranslation();
  const full = queues.filter(({ count }) => count > 0);
  const [first] = full;
  const empty = queues.filter(({ count }) => count === 0);
  return (
    <>
      {first === undefined ? (
        <p className="next__done" role="status">
          <CircleCheck size={20} aria-hidden />
          {t('next.nothing')}
        </p>
      ) : (
        <TheNext queue={first} />
      )}
      <div className="next__queues">
        {full.map((queue) => (
          <QueuePanel key={queue.name} queue={queue} />
        ))}
      </div>
      {empty.length > 0 && (
        <p className="soft next__empty">
          {t('next.empty')}{' '}
          {empty.map(({ name }) => t(`queue.${name}`, { defaultValue: name })).join(' · ')}
        </p>
      )}
    </>
  );
}

/** The workplace of a role: what it does next at the top, then all that waits, queue by queue. */
export function NextPage() {
  const { t } = useTranslation();
  const { role } = useMe();
  const waiting = useWaiting();
  return (
    <div className="page page--long">
      <div className="page__head">
        <h1>{t('place.next')}</h1>
        <p className="soft">{t('next.about')}</p>
      </div>
      <Loaded query={waiting} skeletonRows={8}>
        {(queues) => <Waiting queues={inOrderOf(role, queues)} />}
      </Loaded>
    </div>
  );
}
