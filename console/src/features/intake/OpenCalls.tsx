import { Phone, PhoneIncoming, PhoneMissed } from 'lucide-react';
import { useTranslation } from 'react-i18next';

import { useCallContactView, useCallMove, useOpenCalls } from '../../api/calls';
import { useServerNow } from '../../api/serverClock';
import type { PhoneCall } from '../../api/types';
import { Ask } from '../../ui/Ask';
import { Button } from '../../ui/Button';
import { writeSpan } from '../../ui/clock';
import { ContactLook } from '../../ui/ContactLook';
import { Panel } from '../../ui/Panel';
import { ProblemNote } from '../../ui/states';

const PICTURES = { RINGING: PhoneIncoming, ANSWERED: Phone, SILENT: PhoneMissed, ABANDONED: PhoneMissed };

/** How long it rings or runs, or how long until the call back is due. */
function CallClock({ call }: { call: PhoneCall }) {
  const { t } = useTranslation();
  const now_ms = useServerNow();
  if (call.call_back_due_at === null) {
    const since = call.answered_at ?? call.rang_at;
    return <span className="figures">{writeSpan(Math.max(0, now_ms - Date.parse(since)))}</span>;
  }
  const left_ms = Date.parse(call.call_back_due_at) - now_ms;
  return (
    <span className={left_ms < 0 ? 'calls__late' : 'figures'}>
      {t(left_ms < 0 ? 'calls.overdue' : 'calls.due', { span: writeSpan(Math.abs(left_ms)) })}
    </span>
  );
}

/** How to call back. */
function Contact({ call: { id: callId } }: { call: PhoneCall }) {
  const look = useCallContactView();
  return (
    <ContactLook
      look={look}
      onPurpose={(purpose, close) => look.mutate({ callId, purpose }, { onSuccess: close })}
    />
  );
}

function GiveUp({ call }: { call: PhoneCall }) {
  const { t } = useTranslation();
  const move = useCallMove();
  return (
    <Ask
      button={<Button look="quiet">{t('calls.move.give_up')}</Button>}
      title={t('calls.move.give_up')}
      label={t('fact.reason')}
      confirm={t('calls.move.give_up')}
      problem={move.error}
      isPending={move.isPending}
      onAnswer={(reason, close) =>
        move.mutate({ callId: call.id, move: 'give_up', reason }, { onSuccess: close })
      }
    />
  );
}

interface RowProps {
  call: PhoneCall;
  isFree: boolean;
  onTakeOver: (callId: string) => void;
}

function Row({ call, isFree, onTakeOver }: RowProps) {
  const { t } = useTranslation();
  const move = useCallMove();
  const Picture = PICTURES[call.state as keyof typeof PICTURES];
  const offers = (name: string): boolean => call.moves.includes(name);
  const takeWith = (name: 'answer' | 'reach'): void =>
    move.mutate({ callId: call.id, move: name }, { onSuccess: () => onTakeOver(call.id) });
  return (
    <li className="calls__row">
      <div className="line-up">
        <Picture size={16} aria-hidden />
        <strong>{t(`calls.state.${call.state}`)}</strong>
        <CallClock call={call} />
        {call.call_back_tries > 0 && (
          <span className="soft">{t('calls.tries', { tries: call.call_back_tries })}</span>
        )}
        {call.answered_by !== '' && <span className="soft">{call.answered_by}</span>}
      </div>
      <div className="line-up">
        {offers('answer') && (
          <Button look="main" isDisabled={!isFree} onPress={() => takeWith('answer')}>
            {t('calls.move.answer')}
          </Button>
        )}
        {offers('reach') && (
          <>
            {call.contact_kept && <Contact call={call} />}
            <Button isDisabled={!isFree} onPress={() => takeWith('reach')}>
              {t('calls.move.reach')}
            </Button>
            <Button onPress={() => move.mutate({ callId: call.id, move: 'no_answer' })}>
              {t('calls.move.no_answer')}
            </Button>
            <Button isDisabled={!isFree} onPress={() => onTakeOver(call.id)}>
              {t('calls.send_help')}
            </Button>
            <GiveUp call={call} />
          </>
        )}
        {offers('end') && (
          <Button look="quiet" onPress={() => move.mutate({ callId: call.id, move: 'end' })}>
            {t('calls.move.end')}
          </Button>
        )}
      </div>
      <ProblemNote problem={move.error} />
    </li>
  );
}

interface Props {
  /** The call of this desk; it is not listed again. */
  own: string | null;
  onTakeOver: (callId: string) => void;
}

/** Calls that ring, run elsewhere, or are owed a call back: owed ones first. */
export function OpenCalls({ own, onTakeOver }: Props) {
  const { t } = useTranslation();
  const calls = useOpenCalls().data?.filter(({ id }) => id !== own) ?? [];
  if (calls.length === 0) return null;
  return (
    <Panel title={t('calls.title')} count={calls.length} flush>
      <ul className="calls">
        {calls.map((call) => (
          <Row key={call.id} call={call} isFree={own === null} onTakeOver={onTakeOver} />
        ))}
      </ul>
    </Panel>
  );
}
