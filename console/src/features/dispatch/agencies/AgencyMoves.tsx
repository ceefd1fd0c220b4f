import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useAgencies, useAskHelp, useShare, type Proposal } from '../../../api/agencies';
import { nameOf } from '../../../api/reference';
import { useServerNow } from '../../../api/serverClock';
import type { Incident } from '../../../api/types';
import { Button } from '../../../ui/Button';
import { Choice } from '../../../ui/Choice';
import { FormDialog } from '../../../ui/FormDialog';
import { TextInput } from '../../../ui/TextInput';
import { CAPABILITIES, useCapabilityName } from './names';

const HOUR_MS = 3600_000;
const HOURS = ['1', '4', '24', '72'] as const;
const COUNTS = ['1', '2', '3', '4', '5'] as const;

function AgencyChoice({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (id: string) => void;
}) {
  const { t } = useTranslation();
  const agencies = useAgencies().data ?? [];
  return (
    <Choice
      label={t('agency.agency')}
      placeholder={t('fact.choose')}
      value={value}
      onChange={onChange}
      options={agencies.map((row) => ({ value: row.id, text: nameOf(row) }))}
    />
  );
}

/** Show the incident to an agency, all that was agreed, for some hours. */
export function ShareMove({ incident }: { incident: Incident }) {
  const { t } = useTranslation();
  const share = useShare(incident.id);
  const now_ms = useServerNow();
  const [agency, setAgency] = useState<string | null>(null);
  const [hours, setHours] = useState<(typeof HOURS)[number]>('24');
  return (
    <FormDialog
      button={<Button>{t('agency.share')}</Button>}
      title={t('agency.share')}
      text={t('agency.share_text')}
      confirm={t('agency.share')}
      problem={share.error}
      isPending={share.isPending}
      isReady={agency !== null}
      onSubmit={(close) =>
        share.mutate(
          {
            agency_id: agency ?? '',
            ends_at: new Date(now_ms + Number(hours) * HOUR_MS).toISOString(),
          },
          { onSuccess: close },
        )
      }
    >
      <AgencyChoice value={agency} onChange={setAgency} />
      <Choice
        label={t('agency.for_hours')}
        value={hours}
        onChange={setHours}
        options={HOURS.map((value) => ({ value, text: t('agency.hours', { hours: value }) }))}
      />
    </FormDialog>
  );
}

/** Ask an agency for help; a proposal of the rules fills the form. */
export function AskMove({ incident, proposal }: { incident: Incident; proposal?: Proposal }) {
  const { t } = useTranslation();
  const ask = useAskHelp(incident.id);
  const capabilityName = useCapabilityName();
  const [agency, setAgency] = useState<string | null>(proposal?.agency_id ?? null);
  const [capability, setCapability] = useState<string | null>(proposal?.capabilities[0] ?? null);
  const [count, setCount] = useState<string>(String(proposal?.unit_count ?? 1));
  const [note, setNote] = useState('');
  return (
    <FormDialog
      button={
        <Button {...(proposal === undefined ? { look: 'main' as const } : {})}>
          {t('agency.ask')}
        </Button>
      }
      title={t('agency.ask')}
      text={t('agency.ask_text')}
      confirm={t('agency.ask')}
      problem={ask.error}
      isPending={ask.isPending}
      isReady={agency !== null && capability !== null}
      onSubmit={(close) =>
        ask.mutate(
          {
            agency_id: agency ?? '',
            capabilities: [capability ?? ''],
            unit_count: Number(count),
            note: note.trim(),
            ...(proposal === undefined ? {} : { answer_within_s: proposal.answer_within_s }),
          },
          { onSuccess: close },
        )
      }
    >
      <AgencyChoice value={agency} onChange={setAgency} />
      <Choice
        label={t('agency.what')}
        placeholder={t('fact.choose')}
        value={capability}
        onChange={setCapability}
        options={CAPABILITIES.map((value) => ({ value, text: capabilityName(value) }))}
      />
      <Choice
        label={t('agency.count')}
        value={count}
        onChange={setCount}
        options={COUNTS.map((value) => ({ value, text: value }))}
      />
      <TextInput label={t('fact.note')} value={note} onChange={setNote} rows={2} maxLength={500} />
    </FormDialog>
  );
}
