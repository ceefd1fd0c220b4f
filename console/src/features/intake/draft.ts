/** The call while it is taken. */
import type { Kind, ReportIn } from '../../api/types';

export interface Spot {
  lon: number;
  lat: number;
  /** What the place is called; empty for a click on the map. */
  name: string;
}

export interface Draft {
  text: string;
  spot: Spot | null;
  /** Chosen by hand; null while the proposal from the text stands. */
  kind: string | null;
  /** Chosen by hand; null while the kind's own priority stands. */
  priority: number | null;
  telephone: string;
  callerName: string;
  /** When the first word was typed, by the server's clock. */
  answeredAt: string | null;
}

export const EMPTY: Draft = {
  text: '',
  spot: null,
  kind: null,
  priority: null,
  telephone: '',
  callerName: '',
  answeredAt: null,
};

export type Field = 'text' | 'spot' | 'kind';

/** What still has to be said before the call can be sent, in the order of the form. */
export function missingIn(draft: Draft, kind: Kind | undefined): Field[] {
  const missing: Field[] = [];
  if (draft.text.trim() === '') missing.push('text');
  if (draft.spot === null) missing.push('spot');
  if (kind === undefined) missing.push('kind');
  return missing;
}

/** The call as the API takes it; null while something is missing. */
export function reportOf(
  draft: Draft,
  kind: Kind | undefined,
  attachTo: string | null,
): ReportIn | null {
  if (draft.spot === null || kind === undefined || draft.text.trim() === '') return null;
  const telephone = draft.telephone.trim();
  return {
    channel: 'PHONE',
    kind: kind.code,
    priority: draft.priority ?? kind.priority,
    lon: draft.spot.lon,
    lat: draft.spot.lat,
    place_text: draft.spot.name,
    text: draft.text.trim(),
    ...(draft.answeredAt === null ? {} : { answered_at: draft.answeredAt }),
    ...(telephone === '' ? {} : { contact: { telephone, name: draft.callerName.trim() } }),
    ...(attachTo === null ? {} : { attach_to: attachTo }),
  };
}
