/** What the server finds for the letters typed. Persons are not among it, nor words of theirs. */
import { FolderKanban, MapPin, Siren, Truck } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { useFoundByName } from '../../api/finding';
import { usePlaceSearch } from '../../api/intake';
import { useItemName, useKindName } from '../../api/reference';
import { useMay, useMe } from '../../api/session';
import { placesOf } from '../places';
import type { Entry, Section } from './entries';

const ASKED_FROM_CHARACTERS = 2;
const PLACES_SHOWN = 5;

function useNumbers(text: string): readonly Section[] {
  const { t } = useTranslation();
  const kindName = useKindName();
  const itemName = useItemName();
  const may = useMay('unit.read');
  const isAsked = may && text.length >= ASKED_FROM_CHARACTERS;
  const { data } = useFoundByName(text, isAsked);
  return useMemo(() => {
    if (data === undefined || !isAsked) return [];
    const entry = (id: string, name: string, detail: string): Pick<Entry, 'id' | 'name' | 'names' | 'detail'> => ({ id, name, names: [name], detail });
    const incidents = data.incidents.map((one) => ({
      ...entry(`incident:${one.id}`, one.number, kindName(one.kind)),
      picture: Siren,
      to: `/incidents/${one.id}`,
    }));
    const cases = data.cases.map((one) => ({
      ...entry(`case:${one.id}`, one.number, itemName(one.item_code)),
      picture: FolderKanban,
      to: `/cases/${one.id}`,
    }));
    const units = data.units.map((one) => ({
      ...entry(`unit:${one.id}`, one.call_sign, t(`unit_kind.${one.kind}`, { defaultValue: one.kind })),
      picture: Truck,
      to: `/units/${one.id}`,
    }));
    return [
      { name: 'numbers', entries: [...incidents, ...cases] },
      { name: 'units', entries: units },
    ];
  }, [data, isAsked, kindName, itemName, t]);
}

function usePlaces(text: string): readonly Entry[] {
  const { role } = useMe();
  const may = useMay('place.read');
  const hasMap = placesOf(role).some(({ name }) => name === 'map');
  const isAsked = may && hasMap && text.length >= ASKED_FROM_CHARACTERS;
  const { data } = usePlaceSearch(isAsked ? text : '');
  return useMemo(
    () =>
      (isAsked ? (data ?? []) : []).slice(0, PLACES_SHOWN).map((place, index) => ({
        id: `place:${index}`,
        name: place.name,
        names: [place.name],
        detail: place.detail,
        picture: MapPin,
        to: `/map?at=${place.lon},${place.lat}`,
      })),
    [data, isAsked],
  );
}

/** Incidents and cases by number, units by call sign, places by name. */
export function useFound(text: string): { named: readonly Section[]; places: readonly Entry[] } {
  return { named: useNumbers(text), places: usePlaces(text) };
}
