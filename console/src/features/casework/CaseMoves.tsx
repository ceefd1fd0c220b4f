import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCaseMove } from '../../api/casework';
import type { Case, CaseFacts } from '../../api/types';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { ProblemNote } from '../../ui/states';
import { AssignBox } from './AssignBox';
import { CloseBox } from './CloseBox';

/** Moves that take one fact in words, and which. */
const IN_WORDS = {
  send_back: 'reason',
  report: 'outcome',
  rework: 'reason',
  verify: 'note',
  reopen: 'reason',
  return: 'reason',
} as const;
type WordMove = keyof typeof IN_WORDS;

function isWordMove(move: string): move is WordMove {
  return Object.hasOwn(IN_WORDS, move);
}

/** Moves that carry the case on; the others lead back and stand behind them. */
const ONWARD: readonly string[] = ['report', 'verify'];

function onwardFirst(a: string, b: string): number {
  return Number(ONWARD.includes(b)) - Number(ONWARD.includes(a));
}

function InWords({ found, move }: { found: Case; move: WordMove }) {
  const { t } = useTranslation();
  const make = useCaseMove();
  const fact = IN_WORDS[move];
  return (
    <Ask
      button={
        <Button {...(ONWARD.includes(move) ? { look: 'main' as const } : {})}>
          {t(`case_move.${move}`)}
        </Button>
      }
      title={t(`case_move.${move}`)}
      text={t(`case_move_text.${move}`)}
      label={t(`fact.${fact}`)}
      confirm={t(`case_move.${move}`)}
      problem={make.error}
      isPending={make.isPending}
      onAnswer={(text, close) =>
        make.mutate({ id: found.id, move, facts: { [fact]: text } }, { onSuccess: close })
      }
    />
  );
}

/** What the reader may do with the case now: the server offers it, by state and permission. */
export function CaseMoves({ found }: { found: Case }) {
  const { t } = useTranslation();
  const make = useCaseMove();
  const [open, setOpen] = useState<string | null>(null);
  const send = (move: 'assign' | 'close', facts: CaseFacts): void =>
    make.mutate({ id: found.id, move, facts });
  if (found.moves.length === 0) return null;
  return (
    <Panel title={t('case.moves')}>
      <div className="stack">
        {found.moves.includes('assign') && (
          <AssignBox
            found={found}
            isPending={make.isPending}
            onAssign={(organisationId) => {
              setOpen('assign');
              send('assign', { organisation_id: organisationId });
            }}
          />
        )}
        {found.moves.includes('close') && (
          <CloseBox
            isPending={make.isPending}
            onClose={(disposition) => {
              setOpen('close');
              send('close', { disposition });
            }}
          />
        )}
        {open !== null && <ProblemNote problem={make.error} />}
        <div className="line-up">
          {found.moves.filter(isWordMove).sort(onwardFirst).map((move) => (
            <InWords key={move} found={found} move={move} />
          ))}
        </div>
      </div>
    </Panel>
  );
}
