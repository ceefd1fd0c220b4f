/** Linked agencies: agreements, shares, requests for help. */
import { useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { components } from './schema';
import { useWrite } from './write';

type Schemas = components['schemas'];
export type Agreement = Schemas['AgreementOut'];
export type HelpRequest = Schemas['HelpRequestOut'];
export type SharedIncident = Schemas['SharedIncidentOut'];
export type Proposal = Schemas['ProposalOut'];
export type Share = Schemas['ShareOut'];
export type FieldName = Schemas['OfferBody']['fields'][number];

const PAGE_ROWS = 100;

/** What an agreement can name, in the order in which it is read. */
export const FIELDS: readonly FieldName[] = [
  'kind',
  'priority',
  'place',
  'text',
  'needs',
  'phase',
  'units',
  'times',
];

export function useAgencies(enabled = true) {
  return useQuery({
    queryKey: keys.agencies,
    enabled,
    queryFn: async () => bodyOf(await api.GET('/api/v1/agencies')),
  });
}

export function useAgreements() {
  return useQuery({
    queryKey: keys.agreements,
    queryFn: async () => {
      const query = { limit: PAGE_ROWS };
      return bodyOf(await api.GET('/api/v1/agreements', { params: { query } })).items;
    },
  });
}

export function useSharedIncidents() {
  return useQuery({
    queryKey: keys.sharedIncidents,
    queryFn: async () => {
      const query = { limit: PAGE_ROWS };
      return bodyOf(await api.GET('/api/v1/shared-incidents', { params: { query } })).items;
    },
  });
}

export function useHelpRequests() {
  return useQuery({
    queryKey: keys.helpRequests,
    queryFn: async () => {
      const query = { limit: PAGE_ROWS };
      return bodyOf(await api.GET('/api/v1/help-requests', { params: { query } })).items;
    },
  });
}

/** The agencies of an incident: told, asked, proposed. */
export function useLinkedAgencies(incidentId: string) {
  return useQuery({
    queryKey: [...keys.incident(incidentId), 'agencies'],
    queryFn: async () =>
      bodyOf(
        await api.GET('/api/v1/incidents/{incident_id}/agencies', {
          params: { path: { incident_id: incidentId } },
        }),
      ),
  });
}

export function useShare(incidentId: string) {
  return useWrite(
    async (body: Schemas['ShareBody'], headers) =>
      bodyOf(
        await api.POST('/api/v1/incidents/{incident_id}/shares', {
          params: { path: { incident_id: incidentId } },
          headers,
          body,
        }),
      ),
    [keys.incident(incidentId)],
  );
}

export function useEndShare(incidentId: string) {
  return useWrite(
    async ({ id, reason }: { id: string; reason: string }, headers) =>
      bodyOf(
        await api.POST('/api/v1/shares/{share_id}/end', {
          params: { path: { share_id: id } },
          headers,
          body: { reason },
        }),
      ),
    [keys.incident(incidentId)],
  );
}

export function useAskHelp(incidentId: string) {
  return useWrite(
    async (body: Schemas['AskBody'], headers) =>
      bodyOf(
        await api.POST('/api/v1/incidents/{incident_id}/help-requests', {
          params: { path: { incident_id: incidentId } },
          headers,
          body,
        }),
      ),
    [keys.incident(incidentId)],
  );
}

export interface NamedMove {
  id: string;
  move: string;
  reason?: string;
  note?: string;
}

export function useHelpMove() {
  return useWrite(
    async ({ id, move, reason = '', note = '' }: NamedMove, headers) =>
      bodyOf(
        await api.POST('/api/v1/help-requests/{request_id}/moves/{move}', {
          params: { path: { request_id: id, move } },
          headers,
          body: { reason, note },
        }),
      ),
    [['incident'], keys.helpRequests],
  );
}

export function useOffer() {
  return useWrite(
    async (body: Schemas['OfferBody'], headers) =>
      bodyOf(await api.POST('/api/v1/agreements', { headers, body })),
    [keys.agreements],
  );
}

export function useAgreementMove() {
  return useWrite(
    async ({ id, move, reason = '' }: NamedMove, headers) =>
      bodyOf(
        await api.POST('/api/v1/agreements/{agreement_id}/moves/{move}', {
          params: { path: { agreement_id: id, move } },
          headers,
          body: { reason },
        }),
      ),
    [keys.agreements, keys.sharedIncidents, keys.helpRequests],
  );
}
