import { useTranslation } from 'react-i18next';

import { useCaseClock } from '../../api/caseClock';
import { nameOf, useOrganisationName } from '../../api/reference';
import type { Case, CaseClock } from '../../api/types';
import { Panel } from '../../ui/Panel';
import { Loaded } from '../../ui/states';
import { When } from '../../ui/When';
import { Pauses } from './Pauses';

/** Who has the case: an organisation by its name, a desk of the loop by its own. */
function useHolderName(): (holder: string) => string {
  const { t } = useTranslation();
  const organisationName = useOrganisationName();
  return (holder) => organisationName(holder) || t(`case_holder.${holder}`, { defaultValue: holder });
}

function clockText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** Every day on the way to the due time, and what of it counts. */
function Days({ clock }: { clock: CaseClock }) {
  const { t } = useTranslation();
  const unit = clock.term.unit.endsWith('DAYS') ? 'days' : 'minutes';
  return (
    <table className="clock-days">
      <thead>
        <tr>
          <th scope="col">{t('case_clock.day')}</th>
          <th scope="col">{t('case_clock.kind')}</th>
          <th scope="col">{t('case_clock.hours')}</th>
          <th scope="col">{t(`case_clock.counted_${unit}`)}</th>
        </tr>
      </thead>
      <tbody>
        {clock.days.map((day) => (
          <tr key={day.day} className={day.counted === 0 ? 'soft' : ''}>
            <td className="figures">{day.day}</td>
            <td>
              {t(`case_day.${day.kind}`)} {nameOf(day)}
              {day.paused && ` · ${t('case_clock.stood_still')}`}
            </td>
            <td className="figures">
              {day.hours.map(({ begins, ends }) => `${clockText(begins)}–${clockText(ends)}`).join(', ')}
            </td>
            <td className="figures">{day.counted}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Due({ clock }: { clock: CaseClock }) {
  const { t } = useTranslation();
  if (clock.awaited_year !== null) {
    return <p className="note note--warn">{t('case_clock.awaited', { year: clock.awaited_year })}</p>;
  }
  return (
    <p>
      <strong>{t(`case_clock.state.${clock.state}`)}</strong>
      {clock.due_at !== null && (
        <>
          {' · '}
          {t('case_clock.due')} <When at={clock.due_at} />
        </>
      )}
      {clock.late && <span className="chip chip--bad">{t('case_clock.late')}</span>}
    </p>
  );
}

function Body({ clock, found }: { clock: CaseClock; found: Case }) {
  const { t } = useTranslation();
  const holderName = useHolderName();
  return (
    <div className="stack">
      <Due clock={clock} />
      {clock.holder_due_at !== null && (
        <p>
          {t('case_clock.holder_due', { holder: holderName(clock.holder) })}{' '}
          <When at={clock.holder_due_at} />
        </p>
      )}
      {found.listed_at !== null && (
        <p>
          <span className="chip chip--bad">{t('case_clock.listed')}</span>{' '}
          <When at={found.listed_at} />
        </p>
      )}
      <Pauses clock={clock} caseId={found.id} />
      <details>
        <summary>{t('case_clock.why')}</summary>
        <p className="soft">
          {t('case_clock.promise', {
            term: t(`case_term.${clock.term.unit}`, { count: clock.term.amount }),
            calendar: clock.calendar,
            zone: clock.zone,
            rules: clock.rules,
          })}
        </p>
        <Days clock={clock} />
        <dl className="facts">
          {clock.holders.map(({ holder, minutes }) => (
            <div key={holder} className="clock-holder">
              <dt>{holderName(holder)}</dt>
              <dd className="figures">{t('case_clock.minutes', { count: minutes })}</dd>
            </div>
          ))}
          <div className="clock-holder">
            <dt>{t('case_clock.total')}</dt>
            <dd className="figures">{t('case_clock.minutes', { count: clock.minutes })}</dd>
          </div>
        </dl>
      </details>
    </div>
  );
}

/** The clock of a case: when it is due, why then, who has had it how long, what stood still. */
export function ClockPanel({ found }: { found: Case }) {
  const { t } = useTranslation();
  const clock = useCaseClock(found.id, String(found.timeline.length));
  return (
    <Panel title={t('case_clock.title')}>
      <Loaded query={clock} skeletonRows={3}>
        {(data) => <Body clock={data} found={found} />}
      </Loaded>
    </Panel>
  );
}
