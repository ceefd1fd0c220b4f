import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useEndClosure } from '../../api/closures';
import type { Closure } from '../../api/onMap';
import { useMay } from '../../api/session';
import { Button } from '../../ui/Button';
import '../../ui/deals.css';
import { FormDialog } from '../../ui/FormDialog';
import { When } from '../../ui/When';
import { endsSoon, stateOf } from './states';

function EndIt({ closure: { id, reason }, onEnded }: { closure: Closure; onEnded: () => void }) {
  const { t } = useTranslation();
  const end = useEndClosure();
  return (
    <FormDialog
      button={<Button aria-label={t('closures.end_of', { reason })}>{t('closures.end')}</Button>}
      title={t('closures.end_title')}
      text={t('closures.end_text', { reason })}
      confirm={t('closures.end')}
      problem={end.error}
      isPending={end.isPending}
      isReady
      onSubmit={(close) =>
        end.mutate(id, {
          onSuccess: () => {
            close();
            onEnded();
          },
        })
      }
    />
  );
}

/** How far it reaches, in words. */
function useReach({ radius_m, polygon }: Closure): string {
  const { t } = useTranslation();
  if (radius_m !== null) return t('closures.circle_of', { metres: radius_m });
  const [ring = []] = (polygon?.['coordinates'] ?? []) as unknown[][];
  return t('closures.area_of', { count: ring.length - 1 }); // its first corner closes it
}

interface RowProps {
  closure: Closure;
  now_ms: number;
  isChosen: boolean;
  takesFocus: boolean;
  onEnded: () => void;
}

/** What is closed, where, how long and by whom. Its name shows it on the map. */
export function ClosureRow({ closure, now_ms, isChosen, takesFocus, onEnded }: RowProps) {
  const { t } = useTranslation();
  const mayEnd = useMay('road.close');
  const name = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (takesFocus) name.current?.focus();
  }, [takesFocus]);
  const { address, from_at, until_at } = closure;
  const reach = useReach(closure);
  return (
    <li className={isChosen ? 'deal closures__chosen' : 'deal'}>
      <span className="deal__head">
        {stateOf(closure, now_ms) === 'closed' ? (
          <span className="chip chip--bad">{t('closures.closed')}</span>
        ) : (
          <span className="chip chip--dashed">{t('closures.coming')}</span>
        )}
        <strong>
          <Link
            ref={name}
            to={{ search: `closure=${closure.id}` }}
            replace
            aria-current={isChosen ? 'true' : undefined}
          >
            {closure.reason}
          </Link>
        </strong>
        {endsSoon(closure, now_ms) && (
          <span className="chip chip--warn">{t('closures.ends_soon')}</span>
        )}
      </span>
      <span>{address === '' ? reach : `${address} · ${reach}`}</span>
      <span className="closures__times">
        <When at={from_at} /> – {until_at === null ? t('closures.no_end') : <When at={until_at} />}
      </span>
      <span className="soft">
        {closure.entered_by_name} · <When at={closure.entered_at} />
      </span>
      {mayEnd && (
        <span className="deal__moves">
          <EndIt closure={closure} onEnded={onEnded} />
        </span>
      )}
    </li>
  );
}
