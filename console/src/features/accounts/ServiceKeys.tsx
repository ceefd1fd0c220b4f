import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { nameOf, useOrganisationName, useOrganisations } from '../../api/reference';
import {
  useAddServiceKey,
  useEndServiceKey,
  useServiceKeys,
  type ServiceKey,
} from '../../api/serviceKeys';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { FormDialog } from '../../ui/FormDialog';
import { Panel } from '../../ui/Panel';
import { Empty, Loaded } from '../../ui/states';
import { TextInput } from '../../ui/TextInput';
import { Ticks } from '../../ui/Ticks';
import { When } from '../../ui/When';
import '../../ui/deals.css';

const NAME_MAX_CHARACTERS = 80;
const DAYS = ['30', '90', '180', '365'] as const;
type Days = (typeof DAYS)[number];

/** What a permission lets a system do, in words. */
function usePermissionText(): (permission: string) => string {
  const { t } = useTranslation();
  return (permission) =>
    t(`service_keys.may.${permission.replace('.', '_')}`, { defaultValue: permission });
}

function KeyRow({ item }: { item: ServiceKey }) {
  const { t } = useTranslation();
  const organisationName = useOrganisationName();
  const permissionText = usePermissionText();
  const end = useEndServiceKey();
  const isOver = item.ended_at === null && !item.in_force;
  return (
    <li className="deal">
      <span className="deal__head">
        <span>{item.name}</span>
        {item.ended_at !== null && <span className="chip chip--bad">{t('service_keys.ended')}</span>}
        {isOver && <span className="chip chip--bad">{t('service_keys.expired')}</span>}
      </span>
      <span className="soft">
        {organisationName(item.organisation_id)} · {item.permissions.map(permissionText).join(' · ')}
      </span>
      <span className="soft">
        {t('service_keys.until')} <When at={item.expires_at} /> · {t('service_keys.last_used')}{' '}
        {item.last_used_at === null ? t('service_keys.never') : <When at={item.last_used_at} />}
      </span>
      {item.in_force && (
        <span className="deal__moves">
          <FormDialog
            button={<Button>{t('service_keys.end_of', { name: item.name })}</Button>}
            title={t('service_keys.end_of', { name: item.name })}
            text={t('service_keys.end_text')}
            confirm={t('service_keys.end')}
            problem={end.error}
            isPending={end.isPending}
            isReady
            onSubmit={(close) => end.mutate(item.id, { onSuccess: close })}
          />
        </span>
      )}
    </li>
  );
}

function AddKey({ grantable, onKey }: { grantable: readonly string[]; onKey: (key: string) => void }) {
  const { t } = useTranslation();
  const permissionText = usePermissionText();
  const organisations = useOrganisations().data ?? [];
  const add = useAddServiceKey();
  const [name, setName] = useState('');
  const [organisationId, setOrganisationId] = useState<string | null>(null);
  const [permissions, setPermissions] = useState<string[]>([]);
  const [days, setDays] = useState<Days>('90');
  const submit = (close: () => void): void => {
    if (organisationId === null) return;
    add.mutate(
      { name: name.trim(), organisation_id: organisationId, permissions, days: Number(days) },
      {
        onSuccess: ({ key }) => {
          onKey(key);
          setName('');
          setPermissions([]);
          close();
        },
      },
    );
  };
  return (
    <FormDialog
      button={<Button>{t('service_keys.add')}</Button>}
      title={t('service_keys.add')}
      text={t('service_keys.add_text')}
      confirm={t('service_keys.make')}
      problem={add.error}
      isPending={add.isPending}
      isReady={name.trim() !== '' && organisationId !== null && permissions.length > 0}
      onSubmit={submit}
    >
      <TextInput
        label={t('service_keys.name')}
        value={name}
        onChange={setName}
        maxLength={NAME_MAX_CHARACTERS}
        autoFocus
      />
      <Choice
        label={t('service_keys.organisation')}
        options={organisations.map((one) => ({ value: one.id, text: nameOf(one) }))}
        value={organisationId}
        onChange={setOrganisationId}
        placeholder={t('fact.choose')}
      />
      <Ticks
        label={t('service_keys.permissions')}
        options={grantable.map((one) => ({ value: one, text: permissionText(one) }))}
        value={permissions}
        onChange={setPermissions}
      />
      <Choice
        label={t('service_keys.for')}
        options={DAYS.map((value) => ({ value, text: t('service_keys.days', { days: value }) }))}
        value={days}
        onChange={setDays}
      />
    </FormDialog>
  );
}

/** The keys of connected systems: who has which, until when, and when it was last used. */
export function ServiceKeys() {
  const { t } = useTranslation();
  const found = useServiceKeys();
  const [made, setMade] = useState('');
  return (
    <Panel
      title={t('service_keys.title')}
      count={found.data?.items.length}
      tools={found.data && <AddKey grantable={found.data.grantable} onKey={setMade} />}
    >
      <p className="soft">{t('service_keys.intro')}</p>
      {made !== '' && (
        <div className="stack" role="status">
          <p>{t('service_keys.made')}</p>
          <code>{made}</code>
        </div>
      )}
      <Loaded query={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty steps={null} title={t('service_keys.none')} text={t('service_keys.none_text')} />
          ) : (
            <ul>
              {items.map((item) => (
                <KeyRow key={item.id} item={item} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}
