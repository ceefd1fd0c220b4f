import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useJurisdictions } from '../../api/figures';
import { nameOf, useKindName } from '../../api/reference';
import type { ClockReport } from '../../api/types';
import { BarChart } from '../../ui/charts/BarChart';
import { Choice } from '../../ui/Choice';
import { Panel } from '../../ui/Panel';
import { priorityOf } from '../../ui/PriorityMark';

/** What an area's code lacks to its 15 digits. */
const LACKING = { sub_district: 1_000_000, community: 1_000 };

/** The name of a group in the language on screen. */
function useGroupName(by: ClockReport['by']): (key: string) => string {
  const { t } = useTranslation();
  const kindName = useKindName();
  const jurisdictions = useJurisdictions().data;
  return (key) => {
    if (by === 'kind') return kindName(key);
    if (by === 'priority') return t(`priority.${priorityOf(Number(key))}`);
    if (by === 'hour') return `${key}:00`;
    if (by !== 'sub_district' && by !== 'community') return key;
    const area = Number(key) * LACKING[by];
    const found = jurisdictions?.find((one) => one.area === area);
    return found ? nameOf(found) : key;
  };
}

/** One clock over the groups: how many were received, the 90th percentile, the share in time. */
export function Groups({ report }: { report: ClockReport }) {
  const { t } = useTranslation();
  const groupName = useGroupName(report.by);
  const clocks = report.rules.clocks.map((one) => ({ value: one.code, text: nameOf(one) }));
  const [chosen, setChosen] = useState('');
  const code = clocks.some(({ value }) => value === chosen) ? chosen : (clocks.at(-1)?.value ?? '');
  const rows = report.groups.flatMap(({ key, received, clocks: figures }) =>
    key === null
      ? []
      : [{ key, name: groupName(key), received, figures: figures.find((one) => one.code === code) }],
  );
  const title = t(`reports.group.${report.by}`);
  return (
    <Panel title={title} count={rows.length}>
      <div className="reports__charts">
        <Choice label={t('figures.clock')} options={clocks} value={code} onChange={setChosen} />
        <BarChart
          title={`${title} · ${t('wall.received')}`}
          valueName={t('wall.received')}
          bars={rows.map(({ key, name, received }) => ({ key, name, value: received }))}
          unit="count"
        />
        <BarChart
          title={`${title} · ${t('figures.p90')}`}
          valueName={t('figures.p90')}
          bars={rows.map(({ key, name, figures }) => ({ key, name, value: figures?.p90_s ?? null }))}
          unit="seconds"
        />
        <BarChart
          title={`${title} · ${t('reports.in_time')}`}
          valueName={t('reports.in_time')}
          markName={t('reports.target')}
          bars={rows.map(({ key, name, figures }) => ({
            key,
            name,
            value: figures?.within.compliance ?? null,
            mark: figures?.within.target ?? null,
          }))}
          unit="share"
        />
      </div>
    </Panel>
  );
}
