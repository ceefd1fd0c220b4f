import { AlarmClock, Check, Clock, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useHelpMove, type HelpRequest } from '../../../api/agencies';
import { useServerNow } from '../../../api/serverClock';
import { Ask } from '../../../ui/Ask';
import { Button } from '../../../ui/Button';
import { writeSpan } from '../../../ui/clock';
import { ProblemNote } from '../../../ui/states';
import { When } from '../../../ui/When';
import { useCapabilityName } from './names';

const WARN_MS = 60_000;
const LOOKS: Record<HelpRequest['state'], string> = {
  ASKED: 'chip--warn',
  ACCEPTED: 'chip--accent chip--half',
  REFUSED: 'chip--bad',
  WITHDRAWN: 'chip--square',
  FULFILLED: 'chip--good chip--full',
};

/** How long the agency has left to answer, or how late it is, or how long it took. */
function AnswerClock({ request }: { request: HelpRequest }) {
  const { t } = useTranslation();
  const now_ms = useServerNow();
  const due_ms = Date.parse(request.due_at);
  if (request.answered_at !== null) {
    const took_ms = Date.parse(request.answered_at) - Date.parse(request.asked_at);
    const late = Date.parse(request.answered_at) > due_ms;
    const Picture = late ? TriangleAlert : Check;
    return (
      <span className={`clock clock--${late ? 'missed' : 'met'}`}>
        <Picture size={14} aria-hidden />
        <span className="clock__what">{t('agency.answered_in')}</span>
        <span className="clock__time">{writeSpan(took_ms)}</span>
      </span>
    );
  }
  if (request.state !== 'ASKED') return null;
  const left_ms = due_ms - now_ms;
  const state = left_ms < 0 ? 'breached' : left_ms < WARN_MS ? 'warning' : 'running';
  const Picture = { breached: TriangleAlert, warning: AlarmClock, running: Clock }[state];
  return (
    <span className={`clock clock--${state}`}>
      <Picture size={14} aria-hidden />
      <span className="clock__what">{t(left_ms < 0 ? 'agency.overdue' : 'agency.answer_in')}</span>
      <span className="clock__time" role="timer" aria-live="off">
        {writeSpan(Math.abs(left_ms))}
      </span>
    </span>
  );
}

/** A move that needs words: a reason for no, a note for yes. */
function WordsMove({ request, move }: { request: HelpRequest; move: 'refuse' | 'withdraw' }) {
  const { t } = useTranslation();
  const make = useHelpMove();
  return (
    <Ask
      button={<Button>{t(`agency.move.${move}`)}</Button>}
      title={t(`agency.move.${move}`)}
      text={request.incident_number}
      label={t('fact.reason')}
      confirm={t(`agency.move.${move}`)}
      problem={make.error}
      isPending={make.isPending}
      onAnswer={(reason, close) =>
        make.mutate({ id: request.id, move, reason }, { onSuccess: close })
      }
    />
  );
}

function PlainMove({ request, move }: { request: HelpRequest; move: 'accept' | 'fulfil' }) {
  const { t } = useTranslation();
  const make = useHelpMove();
  return (
    <>
      <Button
        look="main"
        isDisabled={make.isPending}
        onPress={() => make.mutate({ id: request.id, move })}
      >
        {t(`agency.move.${move}`)}
      </Button>
      <ProblemNote problem={make.error} />
    </>
  );
}

interface Props {
  request: HelpRequest;
  /** Who is asked, where it is not whoever reads. */
  agency?: string;
}

/** What is asked, of whom, how it stands, and what may be done about it. */
export function HelpRequestCard({ request, agency }: Props) {
  const { t } = useTranslation();
  const capabilityName = useCapabilityName();
  const { moves } = request;
  return (
    <li className="deal">
      <span className="deal__head">
        <span className={`chip ${LOOKS[request.state]}`}>{t(`agency.help.${request.state}`)}</span>
        <strong>{agency ?? request.incident_number}</strong>
        <AnswerClock request={request} />
      </span>
      <span>
        {request.capabilities.map(capabilityName).join(' · ')} × {request.unit_count}
      </span>
      {request.note !== '' && <span>{request.note}</span>}
      {request.reason !== '' && <span className="soft">{request.reason}</span>}
      <span className="soft">
        {t('agency.asked_at')} <When at={request.asked_at} />
      </span>
      {moves.length > 0 && (
        <span className="deal__moves">
          {moves.includes('accept') && <PlainMove request={request} move="accept" />}
          {moves.includes('fulfil') && <PlainMove request={request} move="fulfil" />}
          {moves.includes('refuse') && <WordsMove request={request} move="refuse" />}
          {moves.includes('withdraw') && <WordsMove request={request} move="withdraw" />}
        </span>
      )}
    </li>
  );
}
