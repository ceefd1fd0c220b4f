import { useTranslation } from 'react-i18next';

import type { ReportAsked } from '../../api/figures';
import { nameOf, useKinds } from '../../api/reference';
import { serverNow } from '../../api/serverClock';
import type { ClockReport, ClockRules } from '../../api/types';
import { Choice } from '../../ui/Choice';
import { PRIORITIES } from '../../ui/PriorityMark';
import { Segments } from '../../ui/Segments';
import { periodOf, spanOf, SPANS, type Period } from './periods';

type By = ClockReport['by'];
type Rest = Omit<ReportAsked, 'since' | 'until'>;

const BYS: readonly By[] = ['none', 'day', 'hour', 'kind', 'priority', 'sub_district', 'community'];
const ALL = 'ALL';

interface Props {
  rules: readonly ClockRules[];
  desk: string | null;
  period: Period;
  onPeriod: (period: Period) => void;
  asked: Rest;
  onAsk: (asked: Rest) => void;
}

/** What a report is about. */
export function ReportForm({ rules, desk, period, onPeriod, asked, onAsk }: Props) {
  const { t } = useTranslation();
  const kinds = useKinds().data ?? [];
  const { kind, priority, ...kept } = asked;
  const everything = { value: ALL, text: t('reports.everything') };
  return (
    <form className="reports__form" onSubmit={(event) => event.preventDefault()}>
      <Segments
        label={t('reports.period')}
        segments={SPANS.map((value) => ({ value, text: t(`reports.span.${value}`) }))}
        value={spanOf(period) ?? 'week'}
        onChange={(span) => onPeriod(periodOf(span, serverNow()))}
      />
      <Choice
        label={t('reports.rules')}
        options={rules.map((one) => ({ value: one.id, text: nameOf(one) }))}
        value={asked.rules ?? desk}
        onChange={(id) => onAsk({ ...asked, rules: id })}
      />
      <Choice
        label={t('reports.by')}
        options={BYS.map((value) => ({ value, text: t(`reports.group.${value}`) }))}
        value={asked.by}
        onChange={(by) => onAsk({ ...asked, by })}
      />
      <Choice
        label={t('reports.kind')}
        options={[everything, ...kinds.map((one) => ({ value: one.code, text: nameOf(one) }))]}
        value={kind ?? ALL}
        onChange={(code) =>
          onAsk({
            ...kept,
            ...(priority === undefined ? {} : { priority }),
            ...(code === ALL ? {} : { kind: code }),
          })
        }
      />
      <Choice
        label={t('reports.priority')}
        options={[
          everything,
          ...PRIORITIES.map((one) => ({ value: String(one), text: t(`priority.${one}`) })),
        ]}
        value={priority === undefined ? ALL : String(priority)}
        onChange={(chosen) =>
          onAsk({
            ...kept,
            ...(kind === undefined ? {} : { kind }),
            ...(chosen === ALL ? {} : { priority: Number(chosen) }),
          })
        }
      />
    </form>
  );
}
