/** Webhooks of agencies with a system of their own, and what did not arrive there. */
import { useQuery } from '@tanstack/react-query';

import { api } from './client';
import { keys } from './keys';
import { bodyOf } from './problem';
import type { components } from './schema';
import { useWrite } from './write';

type Schemas = components['schemas'];
export type Webhook = Schemas['WebhookOut'];

export function useWebhooks() {
  return useQuery({
    queryKey: keys.webhooks,
    queryFn: async () => bodyOf(await api.GET('/api/v1/webhooks')),
  });
}

/** The messages of a webhook that were given up. */
export function useDeadDeliveries(webhookId: string, enabled: boolean) {
  return useQuery({
    queryKey: [...keys.webhooks, webhookId],
    enabled,
    queryFn: async () => {
      const params = { path: { webhook_id: webhookId }, query: { state: 'DEAD' as const } };
      return bodyOf(await api.GET('/api/v1/webhooks/{webhook_id}/deliveries', { params })).items;
    },
  });
}

export function useAddWebhook() {
  return useWrite(
    async (body: Schemas['WebhookBody'], headers) =>
      bodyOf(await api.POST('/api/v1/webhooks', { headers, body })),
    [keys.webhooks],
  );
}

export function useChangeWebhook() {
  return useWrite(
    async ({ id, ...body }: { id: string; url: string; active: boolean }, headers) =>
      bodyOf(
        await api.PUT('/api/v1/webhooks/{webhook_id}', {
          params: { path: { webhook_id: id } },
          headers,
          body,
        }),
      ),
    [keys.webhooks],
  );
}

export function useReplay() {
  return useWrite(
    async ({ id }: { id: string }, headers) =>
      bodyOf(
        await api.POST('/api/v1/deliveries/{delivery_id}/replay', {
          params: { path: { delivery_id: id } },
          headers,
        }),
      ),
    [keys.webhooks],
  );
}
