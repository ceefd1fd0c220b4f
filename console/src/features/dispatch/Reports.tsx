import { MessageSquarePlus, Unlink } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useAddWords, type Direction } from '../../api/calls';
import { useReportsOf } from '../../api/dispatch';
import { useContactView } from '../../api/intake';
import { useDetach } from '../../api/links';
import { seenFor } from '../../api/purpose';
import { useMay } from '../../api/session';
import type { Incident, Report } from '../../api/types';
import { Answers } from '../../ui/Answers';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { ContactLook } from '../../ui/ContactLook';
import { FirstRows } from '../../ui/FirstRows';
import { Panel } from '../../ui/Panel';
import { Loaded } from '../../ui/states';
import { When } from '../../ui/When';

function Contact({ report: { id: reportId } }: { report: Report }) {
  const look = useContactView();
  return (
    <ContactLook
      look={look}
      onPurpose={(purpose, close) => look.mutate({ reportId, purpose }, { onSuccess: close })}
    />
  );
}

/** The report is about something else: it gets an incident of its own. */
function Detach({ report }: { report: Report }) {
  const { t } = useTranslation();
  const detach = useDetach();
  return (
    <Ask
      button={
        <Button look="quiet">
          <Unlink size={14} aria-hidden />
          {t('links.detach')}
        </Button>
      }
      title={t('links.detach')}
      text={t('links.detach_text')}
      label={t('fact.reason')}
      confirm={t('links.detach')}
      problem={detach.error}
      isPending={detach.isPending}
      onAnswer={(reason, close) =>
        detach.mutate({ reportId: report.id, reason }, { onSuccess: close })
      }
    />
  );
}

/** What was added after the report was taken: words of the reporter, and words to them. */
function Thread({ report }: { report: Report }) {
  const { t } = useTranslation();
  const mayAdd = useMay('report.update');
  if (report.updates.length === 0 && !mayAdd) return null;
  return (
    <>
      {report.updates.length > 0 && (
        <ol className="thread">
          {report.updates.map((update) => (
            <li key={update.id} className={`thread__entry thread__entry--${update.direction}`}>
              <span className="soft">
                <When at={update.added_at} /> · {t(`words.${update.direction}`)}
              </span>
              <p>{update.text}</p>
            </li>
          ))}
        </ol>
      )}
      {mayAdd && (
        <div className="line-up">
          <AddWords report={report} direction="FROM_REPORTER" />
          <AddWords report={report} direction="TO_REPORTER" />
        </div>
      )}
    </>
  );
}

function AddWords({ report, direction }: { report: Report; direction: Direction }) {
  const { t } = useTranslation();
  const add = useAddWords();
  const toReporter = direction === 'TO_REPORTER';
  const title = t(toReporter ? 'words.to' : 'words.from');
  return (
    <Ask
      button={
        <Button look="quiet">
          <MessageSquarePlus size={14} aria-hidden />
          {title}
        </Button>
      }
      title={title}
      {...(toReporter ? { text: t('words.to_text') } : {})}
      label={title}
      confirm={t('words.add')}
      problem={add.error}
      isPending={add.isPending}
      onAnswer={(text, close) =>
        add.mutate({ reportId: report.id, text, direction }, { onSuccess: close })
      }
    />
  );
}

interface RowProps {
  report: Report;
  detachable: boolean;
  /** There are others: what each answered is told apart. */
  several: boolean;
}

function Row({ report, detachable, several }: RowProps) {
  const { t } = useTranslation();
  const mayLook = useMay('contact.look');
  const mayLink = useMay('incident.link');
  return (
    <li className="report">
      <div className="line-up">
        <strong className="figures">{report.number}</strong>
        <span className="soft">
          {t(`channel.${report.channel}`, { defaultValue: report.channel })} ·{' '}
          <When at={report.received_at} />
        </span>
        {report.attached && <span className="chip">{t('incident.attached')}</span>}
      </div>
      <p>{report.text}</p>
      {several && <Answers answers={report.answers} />}
      <Thread report={report} />
      {report.photo_ids.map((photo) => (
        <img
          key={photo}
          className="report__photo"
          alt={t('photo.of_report', { number: report.number })}
          src={seenFor(`/api/v1/reports/${report.id}/photos/${photo}`)}
        />
      ))}
      {mayLook && report.contact_kept && <Contact report={report} />}
      {mayLink && detachable && <Detach report={report} />}
    </li>
  );
}

const REPORTS_AT_A_TIME = 20;

/** The reports that stand behind the incident. */
export function Reports({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const reports = useReportsOf(incident.id);
  return (
    <Panel title={t('incident.reports')} count={reports.data?.length} flush>
      <Loaded query={reports} skeletonRows={2}>
        {(rows) => (
          <FirstRows rows={rows} step={REPORTS_AT_A_TIME}>
            {(first) => (
              <ul>
                {first.map((report) => (
                  <Row
                    key={report.id}
                    report={report}
                    detachable={incident.moves.includes('detach')}
                    several={rows.length > 1}
                  />
                ))}
              </ul>
            )}
          </FirstRows>
        )}
      </Loaded>
    </Panel>
  );
}
