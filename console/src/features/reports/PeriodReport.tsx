import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import {
  REPORT_SPANS,
  usePeriodReport,
  type PeriodAsked,
  type PeriodFigure,
  type PeriodReport as Report,
} from '../../api/periodReport';
import { nameOf } from '../../api/reference';
import { serverNow } from '../../api/serverClock';
import { useMay } from '../../api/session';
import { BarChart } from '../../ui/charts/BarChart';
import { Button } from '../../ui/Button';
import { Segments } from '../../ui/Segments';
import { Loaded } from '../../ui/states';
import { When } from '../../ui/When';
import { CountedRows } from './CountedRows';
import { dayOf, stepped } from './days';
import { FigureTable } from './FigureTable';
import { TakeHome } from './TakeHome';

const PARTS = ['demand_hour', 'demand_area', 'response', 'closing', 'rework', 'workload'] as const;
const OF_INCIDENTS: readonly PeriodFigure['part'][] = ['demand_hour', 'demand_area', 'response'];

interface ShownProps {
  report: Report;
  onOpen: (figure: PeriodFigure) => void;
}

function Shown({ report, onOpen }: ShownProps) {
  const { t } = useTranslation();
  const mayIncidents = useMay('incident.read');
  const mayCases = useMay('case.read');
  const part = (name: PeriodFigure['part']) =>
    report.figures.filter((one) => one.part === name && (name !== 'demand_hour' || one.value !== 0));
  const hours = report.figures.filter((one) => one.part === 'demand_hour');
  return (
    <>
      <p className="soft">
        {t('reports.as_of')} <When at={report.at} /> · {t('reports.intervals')}{' '}
        {nameOf({ name_zh: report.rules_zh, name_en: report.rules_en })} {report.rules_version}
      </p>
      <BarChart
        title={t('reports.part.demand_hour')}
        valueName={t('wall.received')}
        bars={hours.map(({ key, value }) => ({ key, name: `${key}:00`, value }))}
        unit="count"
      />
      {PARTS.map((name) => (
        <FigureTable
          key={name}
          title={t(`reports.part.${name}`)}
          figures={part(name)}
          open={OF_INCIDENTS.includes(name) ? mayIncidents : mayCases}
          onOpen={onOpen}
        />
      ))}
    </>
  );
}

/** A day, week or month in figures, each with the rows it counts, and as a file. */
export function PeriodReport() {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<PeriodAsked>(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return { span: 'day', day: dayOf(serverNow(), zone), zone };
  });
  const [figure, setFigure] = useState<PeriodFigure | null>(null);
  const report = usePeriodReport(asked);
  const ask = (next: PeriodAsked): void => {
    setAsked(next);
    setFigure(null);
  };
  const step = (by: 1 | -1): void => ask({ ...asked, day: stepped(asked.day, asked.span, by) });
  const days = report.data && [...new Set([report.data.first, report.data.last])].join(' – ');
  return (
    <>
      <div className="reports__period">
        <Segments
          label={t('reports.period')}
          segments={REPORT_SPANS.map((value) => ({ value, text: t(`reports.whole.${value}`) }))}
          value={asked.span}
          onChange={(span) => ask({ ...asked, span })}
        />
        <Button icon aria-label={t('reports.before')} onPress={() => step(-1)}>
          <ChevronLeft size={16} aria-hidden />
        </Button>
        <h2 className="figures">{days ?? asked.day}</h2>
        <Button icon aria-label={t('reports.after')} onPress={() => step(1)}>
          <ChevronRight size={16} aria-hidden />
        </Button>
      </div>
      {figure !== null && (
        <CountedRows asked={asked} figure={figure} onClose={() => setFigure(null)} />
      )}
      <Loaded query={report}>{(data) => <Shown report={data} onOpen={setFigure} />}</Loaded>
      <TakeHome asked={asked} />
    </>
  );
}
