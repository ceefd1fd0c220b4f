import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { FIELDS, useAgencies, useOffer, type FieldName } from '../../../api/agencies';
import { nameOf } from '../../../api/reference';
import { useServerNow } from '../../../api/serverClock';
import { Button } from '../../../ui/Button';
import { Choice } from '../../../ui/Choice';
import { FormDialog } from '../../../ui/FormDialog';
import { Ticks } from '../../../ui/Ticks';
import '../../../ui/deals.css';
import { AgreementList } from './AgreementList';
import { Webhooks } from './Webhooks';

const DAY_MS = 24 * 3600_000;
const DAYS = ['30', '90', '365'] as const;

/** Offer an agency an agreement: what it would be shown, and for how long. */
function Offer() {
  const { t } = useTranslation();
  const agencies = useAgencies().data ?? [];
  const offer = useOffer();
  const now_ms = useServerNow();
  const [agency, setAgency] = useState<string | null>(null);
  const [fields, setFields] = useState<string[]>(['kind', 'priority', 'place']);
  const [days, setDays] = useState<(typeof DAYS)[number]>('90');
  const chosen: FieldName[] = FIELDS.filter((field) => fields.includes(field));
  return (
    <FormDialog
      button={<Button look="main">{t('agency.offer')}</Button>}
      title={t('agency.offer')}
      text={t('agency.offer_text')}
      confirm={t('agency.offer')}
      problem={offer.error}
      isPending={offer.isPending}
      isReady={agency !== null && chosen.length > 0}
      onSubmit={(close) =>
        offer.mutate(
          {
            agency_id: agency ?? '',
            fields: chosen,
            kinds: [],
            begins_at: new Date(now_ms).toISOString(),
            ends_at: new Date(now_ms + Number(days) * DAY_MS).toISOString(),
          },
          { onSuccess: close },
        )
      }
    >
      <Choice
        label={t('agency.agency')}
        placeholder={t('fact.choose')}
        value={agency}
        onChange={setAgency}
        options={agencies.map((row) => ({ value: row.id, text: nameOf(row) }))}
      />
      <Ticks
        label={t('agency.fields')}
        value={fields}
        onChange={setFields}
        options={FIELDS.map((value) => ({ value, text: t(`agency.field.${value}`) }))}
      />
      <Choice
        label={t('agency.for_days')}
        value={days}
        onChange={setDays}
        options={DAYS.map((value) => ({ value, text: t('agency.days', { days: value }) }))}
      />
    </FormDialog>
  );
}

/** The administrator's screen: with whom what is agreed, and which agencies hear by webhook. */
export function AgreementsPage() {
  const { t } = useTranslation();
  return (
    <div className="page page--long">
      <div className="page__head">
        <h1>{t('place.agreements')}</h1>
      </div>
      <div className="agencies">
        <AgreementList tools={<Offer />} />
        <Webhooks />
      </div>
    </div>
  );
}
