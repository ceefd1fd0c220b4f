import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useLooks, useOwnLooks, useReviewLook, type Finding, type Look } from '../../api/glass';
import { useOrganisationName } from '../../api/reference';
import { useServerNow } from '../../api/serverClock';
import { useMay } from '../../api/session';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { Panel } from '../../ui/Panel';
import { Rows } from '../../ui/Rows';
import { Segments } from '../../ui/Segments';
import { Empty } from '../../ui/states';
import { When } from '../../ui/When';
import '../../ui/deals.css';

const FINDINGS = ['JUSTIFIED', 'NOT_JUSTIFIED'] as const satisfies readonly Finding[];
const LISTS = ['open', 'reviewed'] as const;
type List = (typeof LISTS)[number];

/** Say of a look whether it was justified, and why. */
function Judge({ look, finding }: { look: Look; finding: Finding }) {
  const { t } = useTranslation();
  const make = useReviewLook();
  const name = t(`glass.finding.${finding}`);
  return (
    <Ask
      button={<Button aria-label={`${name}: ${look.number}, ${look.opened_by_name}`}>{name}</Button>}
      title={`${name} · ${look.number}`}
      text={t('glass.review_text')}
      label={t('fact.reason')}
      confirm={name}
      problem={make.error}
      isPending={make.isPending}
      onAnswer={(words, close) => make.mutate({ id: look.id, finding, words }, { onSuccess: close })}
    />
  );
}

/** How a look stands: open, waiting, late, or what was found. */
function Standing({ look }: { look: Look }) {
  const { t } = useTranslation();
  const now_ms = useServerNow();
  if (look.case_id === null) return <span className="chip">{t('glass.opened_nothing')}</span>;
  if (look.finding !== null) {
    const colour = look.finding === 'JUSTIFIED' ? 'chip--good' : 'chip--bad';
    return <span className={`chip ${colour}`}>{t(`glass.finding.${look.finding}`)}</span>;
  }
  const isLate = look.overdue_at !== null || Date.parse(look.review_due_at ?? '') < now_ms;
  return (
    <>
      {Date.parse(look.until ?? '') > now_ms && (
        <span className="chip chip--warn">{t('glass.still_open')}</span>
      )}
      <span className={isLate ? 'chip chip--bad' : 'chip'}>
        {t(isLate ? 'glass.overdue' : 'glass.waits')}
      </span>
    </>
  );
}

function LookRow({ look, mayJudge }: { look: Look; mayJudge: boolean }) {
  const { t } = useTranslation();
  const mayOpen = useMay('case.read') && look.case_id !== null;
  const organisationName = useOrganisationName();
  return (
    <li className="deal">
      <span className="deal__head">
        <strong className="figures">
          {mayOpen ? <Link to={`/cases/${look.case_id}`}>{look.number}</Link> : look.number}
        </strong>
        <Standing look={look} />
      </span>
      <span className="soft">
        {look.opened_by_name} {organisationName(look.opened_for_id)} ·{' '}
        {t(`purpose.${look.purpose}`, { defaultValue: look.purpose })} · <When at={look.opened_at} />
      </span>
      <span>{look.reason}</span>
      {look.finding !== null && (
        <span className="soft">
          {look.reviewed_by_name}: {look.words}
        </span>
      )}
      {mayJudge && look.finding === null && (
        <span className="deal__moves">
          {FINDINGS.map((finding) => (
            <Judge key={finding} look={look} finding={finding} />
          ))}
        </span>
      )}
    </li>
  );
}

/** Looks of others at cases sealed to one's organisation: what is longest due stands first. */
export function ToReview() {
  const { t } = useTranslation();
  const [list, setList] = useState<List>('open');
  const looks = useLooks(list === 'reviewed');
  return (
    <Panel
      title={t('glass.review')}
      flush
      tools={
        <Segments<List>
          label={t('glass.review')}
          value={list}
          onChange={setList}
          segments={LISTS.map((value) => ({ value, text: t(`glass.list.${value}`) }))}
        />
      }
    >
      <Rows query={looks} skeletonRows={3} empty={<Empty title={t('glass.none')} text={t('glass.none_text')} />}>
        {(rows) => (
          <ul>
            {rows.map((look) => (
              <LookRow key={look.id} look={look} mayJudge />
            ))}
          </ul>
        )}
      </Rows>
    </Panel>
  );
}

/** What one asked to see oneself. */
export function OwnLooks() {
  const { t } = useTranslation();
  const looks = useOwnLooks();
  return (
    <Panel title={t('glass.own')} flush>
      <Rows query={looks} skeletonRows={2} empty={<Empty steps={null} title={t('glass.none_own')} text={t('glass.none_own_text')} />}>
        {(rows) => (
          <ul>
            {rows.map((look) => (
              <LookRow key={look.id} look={look} mayJudge={false} />
            ))}
          </ul>
        )}
      </Rows>
    </Panel>
  );
}
