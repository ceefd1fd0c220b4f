import { useTranslation } from 'react-i18next';

import { useReportsOf } from '../../api/dispatch';
import type { Incident } from '../../api/types';
import { Answers } from '../../ui/Answers';
import { When } from '../../ui/When';

/** Answers to key questions, and what was said since: to a crew underway it may be everything. */
export function Words({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const reports = useReportsOf(incident.id).data ?? [];
  const said = reports
    .flatMap(({ updates }) => updates)
    .toSorted((a, b) => Date.parse(b.added_at) - Date.parse(a.added_at));
  const first = reports.filter(({ attached, text }) => attached && text !== '');
  return (
    <section className="crew__words" aria-label={t('crew.words')} aria-live="polite">
      {reports.map(({ id, answers }) => (
        <Answers key={id} answers={answers} />
      ))}
      {said.map(({ id, direction, text, added_at }) => (
        <p key={id} className={`crew__said crew__said--${direction}`}>
          <span className="soft">
            <When at={added_at} /> · {t(`words.${direction}`)}
          </span>
          <span>{text}</span>
        </p>
      ))}
      {first.map(({ id, number, received_at, text }) => (
        <p key={id} className="crew__said">
          <span className="soft">
            <When at={received_at} /> · {t('crew.another_report', { number })}
          </span>
          <span>{text}</span>
        </p>
      ))}
    </section>
  );
}
