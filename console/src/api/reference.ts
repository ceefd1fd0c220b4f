/** Reads that hardly change during a shift; nobody asks for what a role may not read. */
import type { FeatureCollection } from 'geojson';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { currentLanguage } from '../i18n';
import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import { useMay } from './session';
import type { City } from './types';

/** How long a word list counts as fresh. */
const REFERENCE_FRESH_MS = 30 * 60_000;

interface Named {
  name_zh: string;
  name_en: string;
}

/** The name of a thing in the language on screen. */
export function nameOf(thing: Named): string {
  return currentLanguage() === 'en' ? thing.name_en : thing.name_zh;
}

/** The installed city pack and the jurisdiction of the person who looks. */
export function useCity() {
  return useQuery({
    queryKey: keys.city,
    staleTime: REFERENCE_FRESH_MS,
    // The client's types forget that bounds and centre have a fixed length.
    queryFn: async () => bodyOf(await api.GET('/api/v1/city')) as City,
  });
}

export function useKinds() {
  return useQuery({
    queryKey: keys.kinds,
    staleTime: REFERENCE_FRESH_MS,
    queryFn: async () => bodyOf(await api.GET('/api/v1/kinds')),
  });
}

export function useItems() {
  return useQuery({
    queryKey: keys.items,
    staleTime: REFERENCE_FRESH_MS,
    queryFn: async () => bodyOf(await api.GET('/api/v1/items')),
  });
}

export function useOrganisations() {
  return useQuery({
    queryKey: keys.organisations,
    staleTime: REFERENCE_FRESH_MS,
    enabled: useMay('organisation.read'),
    queryFn: async () => bodyOf(await api.GET('/api/v1/organisations')),
  });
}

export function useGridCells() {
  return useQuery({
    queryKey: keys.gridCells,
    staleTime: REFERENCE_FRESH_MS,
    enabled: useMay('place.read'),
    queryFn: async () =>
      bodyOf(await api.GET('/api/v1/grid-cells')) as unknown as FeatureCollection,
  });
}

/** A function from the code of a coded thing to its name; the code itself while it is unknown. */
function useNamer(rows: readonly (Named & { code: string })[] | undefined) {
  return useMemo(() => {
    const byCode = new Map(rows?.map((row) => [row.code, row]));
    return (code: string): string => {
      const row = byCode.get(code);
      return row ? nameOf(row) : code;
    };
  }, [rows]);
}

export function useKindName(): (code: string) => string {
  return useNamer(useKinds().data);
}

export function useItemName(): (code: string) => string {
  return useNamer(useItems().data);
}

/** A function from an organisation's id to its name. */
export function useOrganisationName(): (id: string | null) => string {
  const rows = useOrganisations().data;
  return useMemo(() => {
    const byId = new Map(rows?.map((row) => [row.id, row]));
    return (id) => {
      const row = id === null ? undefined : byId.get(id);
      return row ? nameOf(row) : '';
    };
  }, [rows]);
}
