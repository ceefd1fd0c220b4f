import { Search } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import { useOpenIncidents } from '../../api/dispatch';
import { useKindName } from '../../api/reference';
import { useMay } from '../../api/session';
import type { IncidentRow } from '../../api/types';
import { Segments } from '../../ui/Segments';
import { Loaded, NoMatch } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import { isOneOf, useFilter } from '../../ui/useFilter';
import { Views } from '../../ui/Views';
import { LiveIncidents } from './LiveIncidents';
import { NoIncident } from './NoIncident';
import { PAST, PastIncidents, type Past } from './PastIncidents';
import { byUrgency, GROUPS, inGroup, matches, type Group } from './urgency';

const FILTERS = ['view'];
const VIEWS = [...GROUPS, ...PAST] as const;
type View = (typeof VIEWS)[number];
const isView = isOneOf(VIEWS);

const isPast = (view: View): view is Past => PAST.some((state) => state === view);

interface OpenProps {
  rows: readonly IncidentRow[];
  group: Group;
  words: string;
  onOpen: (id: string) => void;
  onClear: () => void;
}

function OpenIncidents({ rows, group, words, onOpen, onClear }: OpenProps) {
  const { t } = useTranslation();
  const kindName = useKindName();
  const shown = useMemo(
    () =>
      rows
        .filter((row) => inGroup(row, group) && matches(row, kindName(row.kind), words))
        .sort(byUrgency),
    [rows, group, words, kindName],
  );
  return (
    <LiveIncidents
      label={t('place.incidents')}
      ordered={shown}
      open={rows}
      about={`${group} ${words}`}
      empty={
        rows.length === 0 ? (
          <NoIncident />
        ) : (
          <NoMatch
            title={t('incidents.none_match')}
            text={t('incidents.none_match_text')}
            onClear={onClear}
          />
        )
      }
      onOpen={onOpen}
    />
  );
}

/** The queue: every open incident by urgency, with its clock; those that left it on demand. */
export function QueuePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayAssign = useMay('incident.assign');
  const open = useOpenIncidents();
  const [view, setView] = useFilter<View>('view', 'all', isView);
  const [typed, setTyped] = useState('');
  const words = useDeferredValue(typed);
  const rows = open.data ?? [];
  const segments = VIEWS.map((value) =>
    isPast(value)
      ? { value, text: t(`phase.${value}`) }
      : {
          value,
          text: t(`incidents.group.${value}`),
          count: rows.filter((row) => inGroup(row, value)).length,
        },
  );
  const openOne = (id: string): void => void navigate(`/incidents/${id}`);
  const clearWords = (): void => setTyped('');
  const clear = (): void => {
    clearWords();
    setView('all');
  };
  return (
    <div className="page">
      <div className="page__head">
        <h1>{t('place.incidents')}</h1>
        <Views screen="incidents" filters={FILTERS} />
        {mayAssign && <Link to="/plan">{t('plan.open')}</Link>}
        <Segments
          label={t('incidents.view')}
          segments={segments}
          value={view}
          onChange={setView}
        />
        <TextInput
          label={t('incidents.find')}
          placeholder={t('incidents.find_hint')}
          value={typed}
          onChange={setTyped}
          icon={<Search size={14} aria-hidden />}
        />
      </div>
      <section className="panel page__list queue" aria-label={t('place.incidents')}>
        {isPast(view) ? (
          <PastIncidents state={view} words={words} onOpen={openOne} onClear={clearWords} />
        ) : (
          <Loaded query={open} skeletonRows={10}>
            {(data) => (
              <OpenIncidents
                rows={data}
                group={view}
                words={words}
                onOpen={openOne}
                onClear={clear}
              />
            )}
          </Loaded>
        )}
      </section>
    </div>
  );
}
