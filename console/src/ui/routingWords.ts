import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { useJurisdictions } from '../api/figures';
import { nameOf, useItems, useOrganisations } from '../api/reference';
import type { RoutingMatter, RoutingRow } from '../api/routing';
import { currentLanguage } from '../i18n';

/** Holders that are no organisation by name. */
export const LEAD = '@LEAD';
export const COMMUNITY = '@COMMUNITY';
export const DESK = '@DESK';
/** At no site. */
export const NO_SITE = 'NONE';
const MINUTES_AN_HOUR = 60;
const DIGITS = 2;

/** A minute of the day as a clock shows it; the end of the day is 24:00. */
export function clockText(minute: number): string {
  const hours = String(Math.floor(minute / MINUTES_AN_HOUR)).padStart(DIGITS, '0');
  return `${hours}:${String(minute % MINUTES_AN_HOUR).padStart(DIGITS, '0')}`;
}

/** The minute of the day that a clock shows; null where it is no time. */
export function minuteOf(text: string): number | null {
  const found = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (!found) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2])];
  const whole = hours * MINUTES_AN_HOUR + minutes;
  return minutes < MINUTES_AN_HOUR && whole <= 24 * MINUTES_AN_HOUR ? whole : null;
}

export interface RoutingWords {
  item: (code: string) => string;
  area: (area: number) => string;
  site: (kind: string) => string;
  source: (channel: string) => string;
  holder: (code: string) => string;
  time: (row: RoutingRow) => string;
  matter: (matter: RoutingMatter) => string;
}

/** What the codes of a routing table are called, in the language on screen. */
export function useRoutingWords(): RoutingWords {
  const { t } = useTranslation();
  const items = useItems().data;
  const organisations = useOrganisations().data;
  const jurisdictions = useJurisdictions().data;
  const language = currentLanguage();
  return useMemo(() => {
    const english = language === 'en';
    const names = new Map(items?.map((one) => [one.code, `${one.code} ${nameOf(one)}`]));
    for (const one of items ?? []) {
      names.set(one.group, `${one.group} ${english ? one.group_en : one.group_zh}`);
    }
    const holders = new Map(organisations?.map((one) => [one.code, nameOf(one)]));
    const areas = new Map(jurisdictions?.map((one) => [one.area, nameOf(one)]));
    const area = (code: number): string => {
      const inside = [...areas.keys()].filter((one) => code >= one && code < one + span(one));
      const nearest = inside.sort((one, other) => span(one) - span(other))[0];
      const name = nearest === undefined ? undefined : areas.get(nearest);
      if (name === undefined) return String(code);
      return nearest === code ? name : `${name} (${code})`;
    };
    const item = (code: string): string => names.get(code) ?? code;
    const site = (kind: string): string =>
      kind === NO_SITE || kind === ''
        ? t('routing.no_site')
        : t(`site_kind.${kind}`, { defaultValue: kind });
    const source = (channel: string): string => t(`channel.${channel}`, { defaultValue: channel });
    const holder = (code: string): string =>
      code.startsWith('@')
        ? t(`routing.holder.${code.slice(1)}`, { defaultValue: code })
        : (holders.get(code) ?? code);
    const time = (row: RoutingRow): string => {
      const told: string[] = [];
      if (row.days) told.push(t(`routing.days.${row.days}`));
      if (row.begins !== null && row.ends !== null) {
        told.push(`${clockText(row.begins)}–${clockText(row.ends)}`);
      }
      if (row.valid_from) told.push(t('routing.from_day', { day: row.valid_from }));
      if (row.valid_until) told.push(t('routing.until_day', { day: row.valid_until }));
      return told.join(' · ');
    };
    const matter = (one: RoutingMatter): string => {
      const day = one.worked === null ? 'UNKNOWN' : one.worked ? 'WORKDAY' : 'DAY_OFF';
      return [
        item(one.item),
        area(one.area),
        site(one.site),
        `${one.day} ${clockText(one.minute)} (${t(`routing.day.${day}`)})`,
        source(one.source),
      ].join(' · ');
    };
    return { item, area, site, source, holder, time, matter };
  }, [t, items, organisations, jurisdictions, language]);
}

/** How many codes an area holds: its zeros at the end stand for everything below. */
function span(area: number): number {
  for (const below of [1e13, 1e11, 1e9, 1e6, 1e3]) if (area % below === 0) return below;
  return 1;
}
