import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import { useCalendars } from '../../api/caseClock';
import { useCases } from '../../api/casework';
import { useOrganisations, nameOf } from '../../api/reference';
import { useMay } from '../../api/session';
import type { CaseState } from '../../api/types';
import { Choice } from '../../ui/Choice';
import { Rows } from '../../ui/Rows';
import { Segments } from '../../ui/Segments';
import { Empty, NoMatch } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import { isOneOf, useClearFilters, useFilter } from '../../ui/useFilter';
import { Views } from '../../ui/Views';
import { CaseList } from './CaseList';
import './cases.css';

const STATES: readonly CaseState[] = [
  'FILED',
  'ASSIGNED',
  'DISPUTED',
  'REPORTED',
  'VERIFIED',
  'CLOSED',
  'RETURNED',
  'MERGED',
];
const ALL = 'ALL';
const FILTERS = ['state', 'organisation', 'only'];
const NUMBER_MAX_CHARACTERS = 40;
const ONLY = ['late', 'listed'] as const;
type Only = (typeof ONLY)[number];
const isState = isOneOf<CaseState | typeof ALL>([ALL, ...STATES]);
const isOnly = isOneOf<Only | typeof ALL>([ALL, ...ONLY]);
const isText = (text: string): text is string => text !== '';

/** Working days that have to be brought: until then nothing that reaches into them has a due time. */
function AwaitedCalendars() {
  const { t } = useTranslation();
  const awaited = (useCalendars().data ?? []).filter((row) => row.awaited.length > 0);
  return awaited.map(({ calendar, awaited: years }) => (
    <p key={calendar} className="soft" role="status">
      {t('cases.calendar_awaited', { calendar, years: years.join(', ') })}
    </p>
  ));
}

/** No case bears the number here: the same is said of every one, and where to ask on. */
function NoneOfNumber({ number, onClear }: { number: string; onClear: () => void }) {
  const { t } = useTranslation();
  const mayBreak = useMay('glass.break');
  return (
    <NoMatch title={t('cases.no_number')} text={t('cases.no_number_text')} onClear={onClear}>
      {mayBreak && (
        <Link to={`/broken-glass?number=${encodeURIComponent(number)}`}>{t('glass.ask')}</Link>
      )}
    </NoMatch>
  );
}

/** The cases, newest first, by state, by the organisation that handles them, and by their promise. */
export function CasesPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [state, setState] = useFilter<CaseState | typeof ALL>('state', ALL, isState);
  const [organisation, setOrganisation] = useFilter('organisation', ALL, isText);
  const [only, setOnly] = useFilter<Only | typeof ALL>('only', ALL, isOnly);
  const clear = useClearFilters(FILTERS);
  const [typed, setTyped] = useState('');
  const number = typed.trim();
  const organisations = useOrganisations().data ?? [];
  const cases = useCases({
    state: state === ALL ? null : state,
    organisationId: organisation === ALL ? null : organisation,
    only: only === ALL ? null : only,
    number,
  });
  const isFiltered = state !== ALL || organisation !== ALL || only !== ALL;
  return (
    <div className="page">
      <div className="page__head">
        <h1>{t('place.cases')}</h1>
        <Views screen="cases" filters={FILTERS} />
        <TextInput
          label={t('cases.by_number')}
          placeholder={t('cases.by_number')}
          value={typed}
          onChange={setTyped}
          maxLength={NUMBER_MAX_CHARACTERS}
        />
        <Segments<CaseState | typeof ALL>
          label={t('cases.by_state')}
          value={state}
          onChange={setState}
          segments={[
            { value: ALL, text: t('cases.all') },
            ...STATES.map((value) => ({ value, text: t(`case_state.${value}`) })),
          ]}
        />
        <Choice
          label={t('cases.by_organisation')}
          value={organisation}
          onChange={setOrganisation}
          options={[
            { value: ALL, text: t('cases.any_organisation') },
            ...organisations.map((row) => ({ value: row.id, text: nameOf(row) })),
          ]}
        />
        <Choice<Only | typeof ALL>
          label={t('cases.by_promise')}
          value={only}
          onChange={setOnly}
          options={[
            { value: ALL, text: t('cases.any_promise') },
            ...ONLY.map((value) => ({ value, text: t(`cases.only.${value}`) })),
          ]}
        />
      </div>
      <AwaitedCalendars />
      <section className="panel page__list" aria-label={t('place.cases')}>
        <Rows
          query={cases}
          skeletonRows={10}
          empty={
            number !== '' ? (
              <NoneOfNumber number={number} onClear={() => setTyped('')} />
            ) : isFiltered ? (
              <NoMatch
                title={t('cases.none_match')}
                text={t('cases.none_match_text')}
                onClear={clear}
              />
            ) : (
              <Empty
                title={t('cases.none')}
                text={t('cases.none_text')}
                steps={[
                  { may: 'report.take', to: '/call', text: t('step.take_call') },
                  { may: 'round.read', to: '/field', text: t('step.report_found') },
                ]}
              />
            )
          }
        >
          {(rows) => <CaseList cases={rows} onOpen={(id) => void navigate(`/cases/${id}`)} />}
        </Rows>
      </section>
    </div>
  );
}
