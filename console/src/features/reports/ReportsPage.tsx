import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useClockRules } from '../../api/clocks';
import { reportAddress, useClockReport, type ReportAsked } from '../../api/figures';
import { nameOf } from '../../api/reference';
import { serverNow } from '../../api/serverClock';
import type { ClockReport } from '../../api/types';
import { FiguresTable } from '../../ui/FiguresTable';
import { Panel } from '../../ui/Panel';
import { Loaded } from '../../ui/states';
import { Groups } from './Groups';
import { PeriodReport } from './PeriodReport';
import { periodOf, type Period } from './periods';
import { ReportForm } from './ReportForm';
import './reports.css';

function Shown({ report, asked }: { report: ClockReport; asked: ReportAsked }) {
  const { t } = useTranslation();
  const total = report.groups.find(({ key }) => key === null);
  return (
    <>
      <Panel
        title={t('reports.all', { rules: nameOf(report.rules) })}
        count={total?.received}
        flush
      >
        <FiguresTable label={t('reports.figures')} rules={report.rules} clocks={total?.clocks ?? []} />
        <p className="reports__source soft">
          {t('reports.source', { version: report.rules.version })}{' '}
          {nameOf({ name_zh: report.rules.source_zh, name_en: report.rules.source_en })}
        </p>
      </Panel>
      {report.by !== 'none' && <Groups report={report} />}
      <div className="reports__files">
        <a className="button" href={reportAddress(asked, false)} download>
          <Download size={14} aria-hidden /> {t('reports.file_inside')}
        </a>
        <a className="button" href={reportAddress(asked, true)} download>
          <Download size={14} aria-hidden /> {t('reports.file_published')}
        </a>
        <span className="soft">{t('reports.file_text')}</span>
      </div>
    </>
  );
}

/** How the clocks were kept over a period: by place, kind, urgency, day or hour; as a file too. */
function ByGroup() {
  const { t } = useTranslation();
  const rules = useClockRules();
  const [period, setPeriod] = useState<Period>(() => periodOf('week', serverNow()));
  const [rest, setRest] = useState<Omit<ReportAsked, 'since' | 'until'>>({
    by: 'day',
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  const asked = { ...rest, ...period };
  const report = useClockReport(asked);
  return (
    <>
      <h2>{t('reports.clocks')}</h2>
      <ReportForm
        rules={rules.data?.rules ?? []}
        desk={rules.data?.desk ?? null}
        period={period}
        onPeriod={setPeriod}
        asked={rest}
        onAsk={setRest}
      />
      <Loaded query={report}>{(data) => <Shown report={data} asked={asked} />}</Loaded>
    </>
  );
}

/** Reports of whole days, weeks and months, and the clocks over any group. */
export function ReportsPage() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <div className="page__head">
        <h1>{t('place.reports')}</h1>
      </div>
      <div className="reports">
        <PeriodReport />
        <ByGroup />
      </div>
    </div>
  );
}
