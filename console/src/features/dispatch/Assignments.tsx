import { useTranslation } from 'react-i18next';

import { useAssignmentMove } from '../../api/assignments';
import { useMay } from '../../api/session';
import type { Assignment, Incident } from '../../api/types';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { writeSpan } from '../../ui/clock';
import { Panel } from '../../ui/Panel';
import { ProblemNote } from '../../ui/states';
import { When } from '../../ui/When';

const LOOKS: Record<Assignment['state'], string> = {
  ASSIGNED: 'chip--warn chip--dashed',
  EN_ROUTE: 'chip--accent chip--half',
  ON_SCENE: 'chip--accent chip--full',
  CLEARED: 'chip--good chip--full',
  CANCELLED: 'chip--square',
};

/** Moves that need words, and the name of the fact that holds them. */
const IN_WORDS: Record<string, 'outcome' | 'reason'> = { clear: 'outcome', cancel: 'reason' };

interface MoveProps {
  assignment: Assignment;
  move: string;
  make: ReturnType<typeof useAssignmentMove>;
}

function Move({ assignment: { id, incident_id: incidentId, call_sign: sign }, move, make }: MoveProps) {
  const { t } = useTranslation();
  const name = t(`assignment_move.${move}`, { defaultValue: move });
  const fact = IN_WORDS[move];
  if (fact === undefined) {
    return (
      <Button
        isDisabled={make.isPending}
        onPress={() => make.mutate({ id, incidentId, move, facts: {} })}
      >
        {name}
      </Button>
    );
  }
  return (
    <Ask
      button={<Button {...(move === 'cancel' ? { look: 'danger' as const } : {})}>{name}</Button>}
      title={`${sign}: ${name}`}
      label={t(`fact.${fact}`)}
      confirm={name}
      problem={make.error}
      isPending={make.isPending}
      onAnswer={(text, close) =>
        make.mutate({ id, incidentId, move, facts: { [fact]: text } }, { onSuccess: close })
      }
    />
  );
}

/** When the centre heard of a move that the crew had made earlier, without network. */
function heardAt(steps: Incident['timeline'], id: string, move: string): string | null {
  const step = steps.find((one) => one.move === move && one.facts['assignment_id'] === id);
  return step && step.told_at !== null ? step.made_at : null;
}

/** The move that made each stamp which a crew's device may tell of. */
const MADE_BY = { en_route: 'en_route', on_scene: 'on_scene', ended: 'clear' } as const;

function Times({ assignment, steps }: { assignment: Assignment; steps: Incident['timeline'] }) {
  const { t } = useTranslation();
  const heard = (name: string): string | null =>
    name in MADE_BY
      ? heardAt(steps, assignment.id, MADE_BY[name as keyof typeof MADE_BY])
      : null;
  const stamps = [
    ['assigned', assignment.assigned_at],
    ['en_route', assignment.en_route_at],
    ['on_scene', assignment.on_scene_at],
    ['ended', assignment.ended_at],
  ] as const;
  return (
    <span className="assignment__times soft">
      {stamps.map(
        ([name, at]) =>
          at !== null && (
            <span key={name}>
              {t(`assignment_time.${name}`)} <When at={at} />
              <Heard at={heard(name)} />
            </span>
          ),
      )}
      {assignment.expected_travel_s !== null && assignment.on_scene_at === null && (
        <span>
          {t('assignment_time.expected', { span: writeSpan(assignment.expected_travel_s * 1000) })}
        </span>
      )}
    </span>
  );
}

/** Both times of an act are shown, where they differ. */
function Heard({ at }: { at: string | null }) {
  const { t } = useTranslation();
  if (at === null) return null;
  return (
    <>
      {' '}
      ({t('review.heard')} <When at={at} />)
    </>
  );
}

interface RowProps {
  assignment: Assignment;
  steps: Incident['timeline'];
  may: (move: string) => boolean;
}

/** One unit that was sent. A move shows at once; a refusal takes it back and says why. */
function Row({ assignment, steps, may }: RowProps) {
  const { t } = useTranslation();
  const make = useAssignmentMove();
  const asksWords = make.variables !== undefined && make.variables.move in IN_WORDS;
  return (
    <li className="assignment" aria-busy={make.isPending}>
      <div className="line-up">
        <strong>{assignment.call_sign}</strong>
        <span className={`chip ${LOOKS[assignment.state]}`}>
          {t(`assignment_state.${assignment.state}`)}
        </span>
      </div>
      <Times assignment={assignment} steps={steps} />
      {assignment.outcome !== '' && <p>{assignment.outcome}</p>}
      <div className="line-up">
        {assignment.moves.filter(may).map((move) => (
          <Move key={move} assignment={assignment} move={move} make={make} />
        ))}
      </div>
      {!asksWords && <ProblemNote problem={make.error} />}
    </li>
  );
}

/** The units that were sent, how far each has come, and what the dispatcher may do for it. */
export function Assignments({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const mayMove = useMay('assignment.move');
  const mayCancel = useMay('assignment.cancel');
  const may = (move: string): boolean => (move === 'cancel' ? mayCancel : mayMove);
  return (
    <Panel title={t('incident.assignments')} count={incident.assignments.length} flush>
      {incident.assignments.length === 0 ? (
        <p className="recommend__foot soft">{t('incident.nobody_sent')}</p>
      ) : (
        <ul>
          {incident.assignments.map((assignment) => (
            <Row key={assignment.id} assignment={assignment} steps={incident.timeline} may={may} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
