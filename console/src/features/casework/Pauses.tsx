import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { PAUSE_MOVES, useAskPause, usePauseMove, type PauseMove } from '../../api/caseClock';
import { nameOf } from '../../api/reference';
import { useServerNow } from '../../api/serverClock';
import type { CaseClock, CasePause } from '../../api/types';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { ProblemNote } from '../../ui/states';
import { When } from '../../ui/When';

const DAY_MS = 24 * 3600_000;
const DAYS = ['1', '2', '3', '5', '10', '15', '20', '30'] as const;

/** Ask that the clock stand still: why, what proves it, how long at most. */
function AskPause({ clock, caseId }: { clock: CaseClock; caseId: string }) {
  const { t } = useTranslation();
  const ask = useAskPause();
  const now_ms = useServerNow();
  const [reason, setReason] = useState<string | null>(null);
  const [days, setDays] = useState<(typeof DAYS)[number]>('1');
  const chosen = clock.pause_reasons.find(({ code }) => code === reason);
  const proof = chosen && nameOf({ name_zh: chosen.proof_zh, name_en: chosen.proof_en });
  return (
    <Ask
      button={<Button>{t('pause.ask')}</Button>}
      title={t('pause.ask')}
      text={t('pause.ask_text')}
      label={proof ?? t('pause.proof')}
      confirm={t('pause.ask')}
      problem={ask.error}
      isPending={ask.isPending}
      isReady={reason !== null}
      onAnswer={(words, close) => {
        if (reason === null) return;
        const until = new Date(now_ms + Number(days) * DAY_MS).toISOString();
        ask.mutate({ id: caseId, reason, proof: words, until }, { onSuccess: close });
      }}
    >
      <Choice
        label={t('pause.reason')}
        placeholder={t('fact.choose')}
        value={reason}
        onChange={setReason}
        options={clock.pause_reasons.map((row) => ({ value: row.code, text: nameOf(row) }))}
      />
      <Choice
        label={t('pause.days')}
        value={days}
        onChange={setDays}
        options={DAYS.filter((one) => Number(one) <= (chosen?.most_days ?? 1)).map((value) => ({
          value,
          text: value,
        }))}
      />
    </Ask>
  );
}

function Pause({ pause, name }: { pause: CasePause; name: string }) {
  const { t } = useTranslation();
  const move = usePauseMove();
  const isMove = (offered: string): offered is PauseMove =>
    (PAUSE_MOVES as readonly string[]).includes(offered);
  return (
    <li>
      <strong>{t(`pause.state.${pause.state}`)}</strong> · {name} · {pause.proof}
      <br />
      <span className="soft">
        {pause.asked_by_name} <When at={pause.asked_at} /> · {t('pause.until')}{' '}
        <When at={pause.until} />
        {pause.decided_at !== null && (
          <>
            {' · '}
            {pause.decided_by_name} <When at={pause.decided_at} /> {pause.decision}
          </>
        )}
      </span>
      <div className="line-up">
        {pause.moves.filter(isMove).map((name) =>
          name === 'refuse' ? (
            <Ask
              key={name}
              button={<Button>{t('pause.move.refuse')}</Button>}
              title={t('pause.move.refuse')}
              label={t('fact.reason')}
              confirm={t('pause.move.refuse')}
              problem={move.error}
              isPending={move.isPending}
              onAnswer={(reason, close) =>
                move.mutate({ id: pause.id, move: name, reason }, { onSuccess: close })
              }
            />
          ) : (
            <Button
              key={name}
              isDisabled={move.isPending}
              onPress={() => move.mutate({ id: pause.id, move: name, reason: null })}
            >
              {t(`pause.move.${name}`)}
            </Button>
          ),
        )}
      </div>
      <ProblemNote problem={move.error} />
    </li>
  );
}

/** The pauses of a case's clock, and asking for one. */
export function Pauses({ clock, caseId }: { clock: CaseClock; caseId: string }) {
  const names = new Map(clock.pause_reasons.map((row) => [row.code, nameOf(row)]));
  return (
    <>
      {clock.pauses.length > 0 && (
        <ul>
          {clock.pauses.map((pause) => (
            <Pause key={pause.id} pause={pause} name={names.get(pause.reason) ?? pause.reason} />
          ))}
        </ul>
      )}
      {clock.may_ask_pause && <AskPause clock={clock} caseId={caseId} />}
    </>
  );
}
