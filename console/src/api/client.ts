import createClient from 'openapi-fetch';

import { currentLanguage } from '../i18n';
import { PURPOSE_HEADER, purposeHere } from './purpose';
import type { paths } from './schema';
import { observeServerTime } from './serverClock';

/** How long a call may take before it counts as unanswered. */
const CALL_TIMEOUT_MS = 20_000;

/** The server's time, on every answer. */
const TIME_HEADER = 'Anlan-Time';

/** The typed client of the HTTP API, generated from `api/openapi.json`. */
export const api = createClient<paths>({ baseUrl: '/' });

api.use({
  onRequest({ request }) {
    request.headers.set('Accept-Language', currentLanguage());
    request.headers.set(PURPOSE_HEADER, purposeHere());
    return new Request(request, { signal: AbortSignal.timeout(CALL_TIMEOUT_MS) });
  },
  onResponse({ response }) {
    const time = response.headers.get(TIME_HEADER);
    if (time !== null) observeServerTime(time);
  },
});
