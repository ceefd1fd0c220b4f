import { useTranslation } from 'react-i18next';

import { stoodOf, useCaseMove } from '../../api/casework';
import type { Case, CaseDisposition, CaseFacts, Verdict } from '../../api/types';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { ProblemNote } from '../../ui/states';
import { useEvidence } from '../../ui/useEvidence';
import { AssignBox } from './AssignBox';
import { CodeBox } from './CodeBox';
import { ArbitrateMove, DivertMove, ReclassifyMove, RefuseMove } from './DecideMoves';

/** Moves that take one fact in words, and which. */
const IN_WORDS = {
  report: 'outcome',
  rework: 'reason',
  verify: 'note',
  reopen: 'reason',
  return: 'reason',
  unmerge: 'reason',
  seal: 'reason',
  unseal: 'reason',
} as const;
const DISPOSITIONS = [
  'RESOLVED',
  'MADE_SAFE',
  'NOTHING_FOUND',
  'DUPLICATE',
  'REFERRED',
  'WITHDRAWN',
] as const satisfies readonly CaseDisposition[];
const VERDICTS = ['PUT_RIGHT', 'PARTLY', 'NOT_PUT_RIGHT'] as const satisfies readonly Verdict[];
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
  const evidence = useEvidence(move === 'report' ? found.item_code : null);
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
      isReady={evidence.isReady}
      onAnswer={(text, close) =>
        make.mutate(
          {
            id: found.id,
            move,
            facts: { [fact]: text, ...evidence.facts },
            stood: stoodOf(found),
          },
          { onSuccess: close },
        )
      }
    >
      {evidence.fields}
    </Ask>
  );
}

/** Moves that take a choice, or nothing, and stand open on the page. */
function InCodes({ found }: { found: Case }) {
  const { t } = useTranslation();
  const make = useCaseMove();
  const send = (move: 'assign' | 'close' | 'evaluate', facts: CaseFacts): void =>
    make.mutate({ id: found.id, move, facts });
  const [firstEnd, ...otherEnds] = DISPOSITIONS.map((value) => ({
    value,
    text: t(`case_disposition.${value}`),
  }));
  const [firstVerdict, ...otherVerdicts] = VERDICTS.map((value) => ({
    value,
    text: t(`case_verdict.${value}`),
  }));
  return (
    <>
      {found.moves.includes('assign') && (
        <AssignBox
          found={found}
          isPending={make.isPending}
          onAssign={(organisationId) => send('assign', { organisation_id: organisationId })}
        />
      )}
      {found.moves.includes('close') && firstEnd && (
        <CodeBox
          label={t('fact.disposition')}
          button={t('case_move.close')}
          codes={[firstEnd, ...otherEnds]}
          isPending={make.isPending}
          onChosen={(disposition) => send('close', { disposition })}
        />
      )}
      {found.moves.includes('evaluate') && firstVerdict && (
        <CodeBox
          label={t('fact.verdict')}
          button={t('case_move.evaluate')}
          codes={[firstVerdict, ...otherVerdicts]}
          isPending={make.isPending}
          onChosen={(verdict) => send('evaluate', { verdict })}
        />
      )}
      {found.moves.includes('start') && (
        <Button
          isDisabled={make.isPending}
          onPress={() => make.mutate({ id: found.id, move: 'start', facts: {} })}
        >
          {t('case_move.start')}
        </Button>
      )}
      <ProblemNote problem={make.error} />
    </>
  );
}

/** What the reader may do with the case now: the server offers it, by state and permission. */
export function CaseMoves({ found }: { found: Case }) {
  const { t } = useTranslation();
  if (found.moves.length === 0) return null;
  return (
    <Panel title={t('case.moves')}>
      <div className="stack">
        <InCodes found={found} />
        <div className="line-up">
          {found.moves.includes('arbitrate') && <ArbitrateMove found={found} />}
          {found.moves.filter(isWordMove).sort(onwardFirst).map((move) => (
            <InWords key={move} found={found} move={move} />
          ))}
          {found.moves.includes('send_back') && <RefuseMove found={found} move="send_back" />}
          {found.moves.includes('dispute') && <RefuseMove found={found} move="dispute" />}
          {found.moves.includes('reclassify') && <ReclassifyMove found={found} />}
          {found.moves.includes('divert') && <DivertMove found={found} />}
        </div>
      </div>
    </Panel>
  );
}
