import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { useJurisdictions } from '../../api/figures';
import { nameOf, useItems, useOrganisations } from '../../api/reference';
import type { RoutingRow } from '../../api/routing';
import { Choice } from '../../ui/Choice';
import type { PickOption } from '../../ui/PickBox';
import { COMMUNITY, DESK, LEAD, useRoutingWords } from '../../ui/routingWords';
import { TextInput } from '../../ui/TextInput';
import { Ticks } from '../../ui/Ticks';
import { PickMany } from './PickMany';
import '../../ui/deals.css';

const MIDDLE_LEVELS = ['2', '3', '4', '5', '6', '7', '8'];
const SITES = ['NONE', 'SCHOOL', 'HOSPITAL', 'STATION', 'SHOP'] as const;
const SOURCES = ['PHONE', 'WEB', 'API', 'STAFF'] as const;
const DAYS = ['WORKDAY', 'DAY_OFF'] as const;
const ANY = 'ANY';
const NOTE_CHARACTERS = 200;

export interface FieldsProps {
  row: RoutingRow;
  set: (changes: Partial<RoutingRow>) => void;
}

function useItemOptions(): PickOption[] {
  const items = useItems().data;
  const words = useRoutingWords();
  return useMemo(() => {
    const groups = new Set(items?.map(({ group }) => group));
    return [...groups, ...(items ?? []).map(({ code }) => code)].map((code) => ({
      id: code,
      name: words.item(code),
    }));
  }, [items, words]);
}

/** To whom, on which level, and from whom where it is a hand-over. */
export function OutcomeFields({ row, set }: FieldsProps) {
  const { t } = useTranslation();
  const words = useRoutingWords();
  const organisations = useOrganisations().data ?? [];
  const named = organisations.map((one) => ({ value: one.code, text: nameOf(one) }));
  const roles = [LEAD, COMMUNITY, DESK].map((value) => ({ value, text: words.holder(value) }));
  return (
    <>
      <Choice
        label={t('routing.to')}
        value={row.to}
        onChange={(value) => set({ to: value })}
        options={[...roles, ...named]}
      />
      <Choice
        label={t('routing.level')}
        value={String(row.level)}
        onChange={(value) => set({ level: Number(value) })}
        options={[
          { value: '1', text: t('routing.level_first') },
          ...MIDDLE_LEVELS.map((value) => ({ value, text: value })),
          { value: '9', text: t('routing.level_last') },
        ]}
      />
      <Choice
        label={t('routing.held_by')}
        value={row.held_by ?? ANY}
        onChange={(value) => set({ held_by: value === ANY ? null : value })}
        options={[
          { value: ANY, text: t('routing.new_case') },
          { value: COMMUNITY, text: words.holder(COMMUNITY) },
          ...named,
        ]}
      />
      <TextInput
        label={t('routing.note')}
        value={row.note}
        onChange={(value) => set({ note: value })}
        maxLength={NOTE_CHARACTERS}
      />
    </>
  );
}

/** Which items, where, from which source. */
export function PlaceFields({ row, set }: FieldsProps) {
  const { t } = useTranslation();
  const words = useRoutingWords();
  const items = useItemOptions();
  const jurisdictions = useJurisdictions().data ?? [];
  return (
    <>
      <PickMany
        label={t('routing.items')}
        hint={t('routing.any_item')}
        options={items}
        values={row.items}
        nameOfValue={words.item}
        onChange={(values) => set({ items: values })}
      />
      <PickMany
        label={t('routing.areas')}
        hint={t('routing.any_area')}
        options={jurisdictions.map((one) => ({ id: String(one.area), name: nameOf(one) }))}
        values={row.areas.map(String)}
        nameOfValue={(value) => words.area(Number(value))}
        onChange={(values) => set({ areas: values.map(Number) })}
      />
      <Ticks
        label={t('routing.sites')}
        options={SITES.map((value) => ({ value, text: words.site(value) }))}
        value={row.sites}
        onChange={(values) => set({ sites: SITES.filter((one) => values.includes(one)) })}
      />
      <Ticks
        label={t('routing.sources')}
        options={SOURCES.map((value) => ({ value, text: words.source(value) }))}
        value={row.sources}
        onChange={(values) => set({ sources: SOURCES.filter((one) => values.includes(one)) })}
      />
    </>
  );
}

/** On which days, from and until which day. */
export function DayFields({ row, set }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Choice
        label={t('routing.on')}
        value={row.days ?? ANY}
        onChange={(value) => set({ days: DAYS.find((one) => one === value) ?? null })}
        options={[
          { value: ANY, text: t('routing.days.ANY') },
          { value: 'WORKDAY', text: t('routing.days.WORKDAY') },
          { value: 'DAY_OFF', text: t('routing.days.DAY_OFF') },
        ]}
      />
      <div className="routing-row__pair">
        <TextInput
          label={t('routing.since')}
          type="date"
          value={row.valid_from ?? ''}
          onChange={(value) => set({ valid_from: value === '' ? null : value })}
        />
        <TextInput
          label={t('routing.until')}
          type="date"
          value={row.valid_until ?? ''}
          onChange={(value) => set({ valid_until: value === '' ? null : value })}
        />
      </div>
    </>
  );
}
