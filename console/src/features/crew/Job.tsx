import { useMemo, useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { useAssignmentMove } from '../../api/dispatch';
import { useKindName } from '../../api/reference';
import type { Assignment, Incident, Unit } from '../../api/types';
import { CityMap } from '../../map/CityMap';
import { Button } from '../../ui/Button';
import { PriorityMark } from '../../ui/PriorityMark';
import { ResponseClock } from '../../ui/ResponseClock';
import { ProblemNote } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';

/** The step that follows each state. */
const NEXT = { ASSIGNED: 'en_route', EN_ROUTE: 'on_scene', ON_SCENE: 'clear' } as const;

const OUTCOMES = ['handled', 'transported', 'nothing_found', 'handed_over'] as const;

interface Props {
  assignment: Assignment;
  incident: Incident;
  unit: Unit;
}

/** What came of it: one tap for the usual, words for the rest. */
function Outcome({ onChange, value }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  const chosen = OUTCOMES.find((name) => t(`outcome.${name}`) === value);
  return (
    <div className="stack">
      <ToggleButtonGroup
        className="crew__outcomes"
        aria-label={t('fact.outcome')}
        selectedKeys={chosen === undefined ? [] : [chosen]}
        onSelectionChange={(keys) => {
          const name = OUTCOMES.find((each) => keys.has(each));
          if (name) onChange(t(`outcome.${name}`));
        }}
      >
        {OUTCOMES.map((name) => (
          <ToggleButton key={name} id={name} className="crew__outcome">
            {t(`outcome.${name}`)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <TextInput label={t('fact.outcome')} value={value} onChange={onChange} rows={2} />
    </div>
  );
}

function NextStep({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const make = useAssignmentMove();
  const [outcome, setOutcome] = useState('');
  const state = assignment.state;
  if (state === 'CLEARED' || state === 'CANCELLED') return null;
  const move = NEXT[state];
  const clears = move === 'clear';
  return (
    <div className="crew__foot">
      {clears && <Outcome value={outcome} onChange={setOutcome} />}
      <ProblemNote problem={make.error} />
      <Button
        look="main"
        isDisabled={make.isPending || (clears && outcome.trim() === '')}
        onPress={() =>
          make.mutate({
            id: assignment.id,
            move,
            facts: clears ? { outcome: outcome.trim() } : {},
          })
        }
      >
        {t(`crew.move.${move}`)}
      </Button>
    </div>
  );
}

/** The job: where to, what for, and the next step. */
export function Job({ assignment, incident, unit }: Props) {
  const kindName = useKindName();
  const look = useMemo(
    () => ({ lon: incident.lon, lat: incident.lat }),
    [incident.lon, incident.lat],
  );
  const incidents = useMemo(() => [incident], [incident]);
  const units = useMemo(() => [unit], [unit]);
  return (
    <>
      <section className="crew__job">
        <div className="line-up">
          <PriorityMark priority={incident.priority} named />
          <span className="soft figures">{incident.number}</span>
          <ResponseClock incident={incident} />
        </div>
        <h2>{kindName(incident.kind)}</h2>
        <p className="crew__place">{incident.place_text}</p>
        <p>{incident.text}</p>
      </section>
      <div className="crew__map">
        <CityMap incidents={incidents} units={units} chosenId={incident.id} look={look} />
      </div>
      <NextStep key={assignment.state} assignment={assignment} />
    </>
  );
}
