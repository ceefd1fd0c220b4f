import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';

import { useCase } from '../../api/casework';
import { useCallUp } from '../../api/jointTasks';
import { useItemName, useOrganisations } from '../../api/reference';
import type { Case } from '../../api/types';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { useCallableChoice } from '../../ui/handlers';
import { ItemBox } from '../../ui/ItemBox';
import { Panel } from '../../ui/Panel';
import { PlacePick, type Spot } from '../../ui/PlacePick';
import { Loaded, ProblemNote } from '../../ui/states';
import { BackLink } from '../../ui/SubjectPage';
import { TextInput } from '../../ui/TextInput';
import './joint.css';

interface Wanted {
  key: number;
  organisation: string | null;
  duty: string;
}

const PARTS_MIN = 2;
const PARTS_LIMIT = 12;

interface PartsProps {
  parts: readonly Wanted[];
  onChange: (parts: Wanted[]) => void;
}

/** Who is called up, and for what: one line a department. */
function Parts({ parts, onChange }: PartsProps) {
  const { t } = useTranslation();
  const departments = useCallableChoice();
  const set = (key: number, change: Partial<Wanted>): void =>
    onChange(parts.map((part) => (part.key === key ? { ...part, ...change } : part)));
  return (
    <>
      {parts.map((part, row) => {
        const taken = parts.filter(({ key }) => key !== part.key).map((one) => one.organisation);
        return (
          <fieldset key={part.key} className="joint-form__part">
            <legend>{t('joint.department_number', { number: row + 1 })}</legend>
            <Choice
              label={t('joint.department')}
              placeholder={t('fact.choose')}
              value={part.organisation}
              onChange={(organisation) => set(part.key, { organisation })}
              options={departments.filter(({ value }) => !taken.includes(value))}
            />
            <TextInput
              label={t('joint.duty')}
              value={part.duty}
              onChange={(duty) => set(part.key, { duty })}
            />
            {parts.length > PARTS_MIN && (
              <Button
                look="quiet"
                aria-label={t('joint.leave_out')}
                onPress={() => onChange(parts.filter(({ key }) => key !== part.key))}
              >
                <Trash2 size={16} aria-hidden />
              </Button>
            )}
          </fieldset>
        );
      })}
      {parts.length < PARTS_LIMIT && (
        <div>
          <Button
            onPress={() => {
              const key = Math.max(...parts.map((part) => part.key)) + 1;
              onChange([...parts, { key, organisation: null, duty: '' }]);
            }}
          >
            <Plus size={16} aria-hidden />
            {t('joint.one_more')}
          </Button>
        </div>
      )}
    </>
  );
}

/** Call departments up: to a case, or to a place of its own. */
function CallUpForm({ found }: { found: Case | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const itemName = useItemName();
  const call = useCallUp();
  const [item, setItem] = useState<string | null>(null);
  const [spot, setSpot] = useState<Spot | null>(null);
  const [text, setText] = useState('');
  const [parts, setParts] = useState<Wanted[]>([
    { key: 0, organisation: null, duty: '' },
    { key: 1, organisation: null, duty: '' },
  ]);
  const named = parts.flatMap(({ organisation, duty }) =>
    organisation === null || duty.trim() === ''
      ? []
      : [{ organisation_id: organisation, duty: duty.trim() }],
  );
  const where =
    found !== null
      ? { case_id: found.id }
      : item !== null && spot !== null
        ? { item_code: item, lon: spot.lon, lat: spot.lat, place_text: spot.name }
        : null;
  const isReady = where !== null && text.trim() !== '' && named.length === parts.length;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (where === null || !isReady || call.isPending) return;
        call.mutate(
          { place_text: '', ...where, text: text.trim(), parts: named },
          { onSuccess: ({ id }) => void navigate(`/joint-tasks/${id}`) },
        );
      }}
    >
      {found === null ? (
        <>
          <ItemBox value={item} onChange={setItem} />
          <PlacePick spot={spot} onSpot={setSpot} />
        </>
      ) : (
        <p>
          <strong>{itemName(found.item_code)}</strong> · {found.place_text}{' '}
          <span className="soft figures">{found.number}</span>
        </p>
      )}
      <TextInput label={t('joint.text')} value={text} onChange={setText} rows={3} />
      <Parts parts={parts} onChange={setParts} />
      <ProblemNote problem={call.error} />
      <div className="line-up">
        <Button type="submit" look="main" isDisabled={!isReady || call.isPending}>
          {t('joint.call_up')}
        </Button>
      </div>
    </form>
  );
}

function OfCase({ id }: { id: string }) {
  const found = useCase(id);
  return <Loaded query={found}>{(data) => <CallUpForm found={data} />}</Loaded>;
}

/** The form by which a street calls departments up. */
export function CallUpPage() {
  const { t } = useTranslation();
  const organisations = useOrganisations();
  const caseId = useSearchParams()[0].get('case');
  return (
    <div className="page page--long joint-form">
      <div className="page__head">
        <BackLink
          to={caseId === null ? '/joint-tasks' : `/cases/${caseId}`}
          label={t(caseId === null ? 'joint.back' : 'case.back')}
        />
        <h1>{t('joint.call_up')}</h1>
      </div>
      <Panel title={t('joint.who_and_what')}>
        <p className="soft">{t('joint.call_up_text')}</p>
        <Loaded query={organisations}>
          {() => (caseId === null ? <CallUpForm found={null} /> : <OfCase id={caseId} />)}
        </Loaded>
      </Panel>
    </div>
  );
}
