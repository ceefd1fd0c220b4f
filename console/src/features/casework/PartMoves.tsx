import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { usePartMove, type PartMove } from '../../api/jointTasks';
import type { JointPartRow } from '../../api/types';
import { Ask } from '../../ui/Ask';
import { AskDecision, AskRefusal } from '../../ui/AskWhose';
import { Button } from '../../ui/Button';
import { FormDialog } from '../../ui/FormDialog';
import { useCallableChoice } from '../../ui/handlers';
import { TextInput } from '../../ui/TextInput';

/** Moves that take one fact in words, and which. */
const IN_WORDS = { finish: 'outcome', rework: 'reason', waive: 'reason' } as const;
type WordMove = keyof typeof IN_WORDS;

function isWordMove(move: string): move is WordMove {
  return Object.hasOwn(IN_WORDS, move);
}

function InWords({ part, move }: { part: JointPartRow; move: WordMove }) {
  const { t } = useTranslation();
  const make = usePartMove();
  return (
    <Ask
      button={
        <Button {...(move === 'finish' ? { look: 'main' as const } : {})}>
          {t(`part_move.${move}`)}
        </Button>
      }
      title={t(`part_move.${move}`)}
      text={t(`part_move_text.${move}`)}
      label={t(`fact.${IN_WORDS[move]}`)}
      confirm={t(`part_move.${move}`)}
      problem={make.error}
      isPending={make.isPending}
      onAnswer={(words, close) =>
        make.mutate({ id: part.id, move, facts: { [IN_WORDS[move]]: words } }, { onSuccess: close })
      }
    />
  );
}

/** Report in: one press, and a note for who wants to say something. */
function ReportIn({ part }: { part: JointPartRow }) {
  const { t } = useTranslation();
  const make = usePartMove();
  const [note, setNote] = useState('');
  return (
    <FormDialog
      button={<Button look="main">{t('part_move.report_in')}</Button>}
      title={t('part_move.report_in')}
      text={t('part_move_text.report_in')}
      confirm={t('part_move.report_in')}
      problem={make.error}
      isPending={make.isPending}
      isReady
      onSubmit={(close) =>
        make.mutate(
          { id: part.id, move: 'report_in', facts: { note: note.trim() } },
          { onSuccess: close },
        )
      }
    >
      <TextInput label={t('joint.note')} value={note} onChange={setNote} />
    </FormDialog>
  );
}

/** Refuse the part. The arbiter decides at once. */
function Refuse({ part }: { part: JointPartRow }) {
  const { t } = useTranslation();
  const make = usePartMove();
  return (
    <AskRefusal
      title={t('part_move.refuse')}
      text={t('part_move_text.refuse')}
      organisations={useCallableChoice(part.organisation_id)}
      problem={make.error}
      isPending={make.isPending}
      onAnswer={(facts, close) =>
        make.mutate({ id: part.id, move: 'refuse', facts }, { onSuccess: close })
      }
    />
  );
}

/** Decide who does a part that was refused. */
function Arbitrate({ part }: { part: JointPartRow }) {
  const { t } = useTranslation();
  const make = usePartMove();
  return (
    <AskDecision
      title={t('part_move.arbitrate')}
      text={t('part_move_text.arbitrate')}
      label={t('joint.department')}
      organisations={useCallableChoice()}
      problem={make.error}
      isPending={make.isPending}
      onAnswer={(facts, close) =>
        make.mutate({ id: part.id, move: 'arbitrate', facts }, { onSuccess: close })
      }
    />
  );
}

const ORDER: readonly PartMove[] = [
  'report_in',
  'finish',
  'arbitrate',
  'refuse',
  'rework',
  'waive',
];

/** What the reader may do with a part now: the server offers it. */
export function PartMoves({ part, moves }: { part: JointPartRow; moves: readonly string[] }) {
  if (moves.length === 0) return null;
  return (
    <span className="deal__moves">
      {ORDER.filter((move) => moves.includes(move)).map((move) => {
        if (isWordMove(move)) return <InWords key={move} part={part} move={move} />;
        if (move === 'report_in') return <ReportIn key={move} part={part} />;
        if (move === 'refuse') return <Refuse key={move} part={part} />;
        return <Arbitrate key={move} part={part} />;
      })}
    </span>
  );
}
