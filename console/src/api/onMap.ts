/** What a map may show besides incidents and units: each read only where somebody chose to see it. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import { useMay } from './session';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Closure = Schemas['ClosureOut'];
export type Site = Schemas['SiteOut'];
export type CasesOnMap = Schemas['CasesOnMapOut'];
export type Coverage = Schemas['CoverageOut'];

/** Degrees: what a map shows. */
export interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** Units move: how far they get is asked anew this often. The server works it out every three. */
const COVERAGE_RENEWAL_MS = 5_000;
const CLOSURES_RENEWAL_MS = 20_000;
const CASES_FRESH_MS = 30_000;
const SITES_FRESH_MS = 30 * 60_000;

/** Open cases in a box, counted by square and listed, those due first. */
export function useCasesOnMap(box: Box | null, wanted: boolean) {
  const enabled = useMay('case.read') && wanted && box !== null;
  return useQuery({
    queryKey: [...keys.cases, 'map', box],
    enabled,
    staleTime: CASES_FRESH_MS,
    placeholderData: keepPreviousData,
    queryFn: async () =>
      box && bodyOf(await api.GET('/api/v1/cases-on-map', { params: { query: box } })),
  });
}

/** Streets in a box by how soon a free unit, of one kind or (empty) any, is there. */
export function useCoverage(box: Box | null, kind: string, wanted: boolean) {
  const enabled = useMay('coverage.read') && wanted && box !== null;
  return useQuery({
    queryKey: [...keys.coverage, kind, box],
    enabled,
    placeholderData: keepPreviousData,
    refetchInterval: COVERAGE_RENEWAL_MS,
    queryFn: async () =>
      box &&
      bodyOf(await api.GET('/api/v1/unit-coverage', { params: { query: { ...box, kind } } })),
  });
}

/** Closed roads, those still to come too. */
export function useClosures(wanted: boolean) {
  return useQuery({
    queryKey: keys.closures,
    enabled: wanted,
    refetchInterval: CLOSURES_RENEWAL_MS,
    queryFn: async () => bodyOf(await api.GET('/api/v1/road-closures')),
  });
}

export function useSites(wanted: boolean) {
  return useQuery({
    queryKey: keys.sites,
    enabled: wanted,
    staleTime: SITES_FRESH_MS,
    queryFn: async () => bodyOf(await api.GET('/api/v1/sites')),
  });
}
