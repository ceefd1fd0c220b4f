import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useAgencies } from '../../../api/agencies';
import { nameOf, useOrganisationName } from '../../../api/reference';
import {
  useAddWebhook,
  useChangeWebhook,
  useDeadDeliveries,
  useReplay,
  useWebhooks,
  type Webhook,
} from '../../../api/webhooks';
import { Button } from '../../../ui/Button';
import { Choice } from '../../../ui/Choice';
import { FirstRows } from '../../../ui/FirstRows';
import { FormDialog } from '../../../ui/FormDialog';
import { Panel } from '../../../ui/Panel';
import { Rows } from '../../../ui/Rows';
import { Empty, ProblemNote } from '../../../ui/states';
import { TextInput } from '../../../ui/TextInput';
import { When } from '../../../ui/When';

const WEBHOOKS_AT_A_TIME = 50;
const DEAD_AT_A_TIME = 3;

/** Messages that were given up, each to be sent again by hand. */
function Dead({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const dead = useDeadDeliveries(webhook.id, webhook.dead > 0);
  const replay = useReplay();
  return (
    <>
      <FirstRows rows={dead.data ?? []} step={DEAD_AT_A_TIME}>
        {(first) =>
          first.map((delivery) => (
            <span key={delivery.id} className="deal__head">
              <span className="chip chip--bad">{t('agency.dead')}</span>
              <span className="figures">{delivery.topic}</span>
              <When at={delivery.happened_at} />
              <span className="soft">{delivery.last_status ?? delivery.last_error}</span>
              <Button
                isDisabled={replay.isPending}
                onPress={() => replay.mutate({ id: delivery.id })}
              >
                {t('agency.replay')}
              </Button>
            </span>
          ))
        }
      </FirstRows>
      <ProblemNote problem={replay.error} />
    </>
  );
}

function WebhookCard({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const organisationName = useOrganisationName();
  const change = useChangeWebhook();
  return (
    <li className="deal">
      <span className="deal__head">
        <span className={`chip ${webhook.active ? 'chip--good chip--full' : 'chip--square'}`}>
          {t(webhook.active ? 'agency.active' : 'agency.paused')}
        </span>
        <strong>{organisationName(webhook.agency_id)}</strong>
        <span className="soft">
          {t('agency.waiting', { pending: webhook.pending, dead: webhook.dead })}
        </span>
      </span>
      <span className="figures">{webhook.url}</span>
      <Dead webhook={webhook} />
      <span className="deal__moves">
        <Button
          isDisabled={change.isPending}
          onPress={() =>
            change.mutate({ id: webhook.id, url: webhook.url, active: !webhook.active })
          }
        >
          {t(webhook.active ? 'agency.pause' : 'agency.resume')}
        </Button>
      </span>
      <ProblemNote problem={change.error} />
    </li>
  );
}

function Add({ onSecret }: { onSecret: (secret: string) => void }) {
  const { t } = useTranslation();
  const agencies = useAgencies().data ?? [];
  const add = useAddWebhook();
  const [agency, setAgency] = useState<string | null>(null);
  const [url, setUrl] = useState('https://');
  return (
    <FormDialog
      button={<Button>{t('agency.add_webhook')}</Button>}
      title={t('agency.add_webhook')}
      text={t('agency.webhook_text')}
      confirm={t('agency.add_webhook')}
      problem={add.error}
      isPending={add.isPending}
      isReady={agency !== null && url.length > 'https://'.length}
      onSubmit={(close) =>
        add.mutate(
          { agency_id: agency ?? '', url: url.trim() },
          {
            onSuccess: ({ secret }) => {
              onSecret(secret);
              close();
            },
          },
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
      <TextInput label={t('agency.address')} value={url} onChange={setUrl} />
    </FormDialog>
  );
}

/** Agencies with a system of their own, where it hears, and what did not arrive. */
export function Webhooks() {
  const { t } = useTranslation();
  const webhooks = useWebhooks();
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Panel
      title={t('agency.webhooks')}
      count={webhooks.data?.length}
      tools={<Add onSecret={setSecret} />}
      flush
    >
      {secret !== null && (
        <div className="deal" role="status">
          <span>{t('agency.secret_once')}</span>
          <code className="deal__secret">{secret}</code>
          <Button onPress={() => setSecret(null)}>{t('agency.secret_kept')}</Button>
        </div>
      )}
      <Rows query={webhooks} empty={<Empty steps={null} title={t('agency.no_webhooks')} text={t('agency.no_webhooks_text')} />}>
        {(rows) => (
          <FirstRows rows={rows} step={WEBHOOKS_AT_A_TIME}>
            {(first) => (
              <ul>
                {first.map((webhook) => (
                  <WebhookCard key={webhook.id} webhook={webhook} />
                ))}
              </ul>
            )}
          </FirstRows>
        )}
      </Rows>
    </Panel>
  );
}
