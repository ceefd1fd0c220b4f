import { LockKeyholeOpen } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useQueryClient } from '@tanstack/react-query';

import { keys } from '../../api/keys';
import { useServerNow } from '../../api/serverClock';
import { writeSpan } from '../../ui/clock';

/** The server's clock decides: asked at once, it might still show the case, again and again. */
const ASKED_AFTER_MS = 1_000;

/** That a case is open by a broken glass, and for how long; then it is asked for again, and gone. */
export function GlassLeft({ id, until }: { id: string; until: string }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const left_ms = Math.max(0, Date.parse(until) - useServerNow());
  const isOver = left_ms === 0;
  useEffect(() => {
    if (!isOver) return undefined;
    const timer = setTimeout(() => void cache.resetQueries({ queryKey: keys.case(id) }), ASKED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [cache, id, isOver]);
  return (
    <div className="note note--bad" role="status">
      <LockKeyholeOpen size={16} aria-hidden />
      <div>
        <p className="note__text">
          {t('glass.open')}{' '}
          <span role="timer" aria-live="off" className="figures">
            {writeSpan(left_ms)}
          </span>
        </p>
        <p className="note__rule">{t('glass.open_text')}</p>
      </div>
    </div>
  );
}
