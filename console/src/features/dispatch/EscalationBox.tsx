import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import { useEscalate, useRecommend } from '../../api/dispatch';
import { nameOf } from '../../api/reference';
import { useServerNow } from '../../api/serverClock';
import type { Escalation, Incident } from '../../api/types';
import { Button } from '../../ui/Button';
import { writeSpan } from '../../ui/clock';
import { ProblemNote } from '../../ui/states';
import { OfferedUnits } from './OfferedUnits';

/** The one key that asks the next ring, while nothing is being typed. */
const KEY = 'n';

type Ring = Escalation['rings'][number];

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select') !== null;
}

function useKey(key: string, act: (() => void) | null): void {
  useEffect(() => {
    if (act === null) return undefined;
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== key || event.ctrlKey || event.altKey || event.metaKey) return;
      if (!isTyping(event.target)) act();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [key, act]);
}

/** Whom the desk asks now, and in how long the next ring is asked by itself. */
function Asked({ ring, next, nextAt }: { ring: Ring; next: Ring | undefined; nextAt: string | null }) {
  const { t } = useTranslation();
  const now_ms = useServerNow();
  const within =
    ring.within_s === null
      ? t('clocks.everywhere')
      : t('clocks.within', { span: writeSpan(ring.within_s * 1000) });
  return (
    <>
      <p role="status">
        {t('clocks.asked')} <strong>{nameOf(ring)}</strong> <span className="soft">{within}</span>
      </p>
      {next !== undefined && nextAt !== null && (
        <p className="soft">
          {t('clocks.next_in', { ring: nameOf(next) })}{' '}
          <span className="figures">{writeSpan(Math.max(0, Date.parse(nextAt) - now_ms))}</span>
        </p>
      )}
    </>
  );
}

interface MovesProps {
  incident: Incident;
  escalation: Escalation;
  ring: Ring;
  next: Ring | undefined;
}

/** The next ring on one key, and the units of the ring that is asked. */
function Moves({ incident, escalation, ring, next }: MovesProps) {
  const { t } = useTranslation();
  const escalate = useEscalate();
  const recommend = useRecommend();
  const { mutate: ask } = recommend;
  const { mutate: raise } = escalate;
  const offer = useCallback(() => ask({ incidentId: incident.id }), [ask, incident.id]);
  const askNext = useCallback(
    () => raise({ id: incident.id }, { onSuccess: offer }),
    [raise, offer, incident.id],
  );
  useKey(KEY, next === undefined ? null : askNext);
  return (
    <>
      <ProblemNote problem={escalate.error ?? recommend.error} />
      <div className="line-up">
        {escalation.level > 0 && (
          <Button onPress={offer} isDisabled={recommend.isPending}>
            {t('clocks.offer')}
          </Button>
        )}
        {next !== undefined && (
          <Button onPress={askNext} isDisabled={escalate.isPending}>
            {t('clocks.ask_next', { ring: nameOf(next) })} <kbd>N</kbd>
          </Button>
        )}
      </div>
      {recommend.data && (
        <OfferedUnits
          incident={incident}
          recommendation={recommend.data}
          rings={escalation.rings}
          ring={ring}
          onSent={recommend.reset}
        />
      )}
    </>
  );
}

interface Props {
  incident: Incident;
  escalation: Escalation;
  maySend: boolean;
}

/** Whom the desk asks, when the next ring is asked by itself, and that ring's units on one key. */
export function EscalationBox({ incident, escalation, maySend }: Props) {
  const { level, rings, next_at } = escalation;
  const ring = rings[level];
  const next = rings[level + 1];
  if (ring === undefined) return null;
  return (
    <div className="escalation stack">
      <Asked ring={ring} next={next} nextAt={next_at} />
      {maySend && <Moves incident={incident} escalation={escalation} ring={ring} next={next} />}
    </div>
  );
}
