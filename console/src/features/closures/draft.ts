/** Closed roads while they are entered: what is closed, what is sent, and which field was refused. */
import type { ClosureEntered } from '../../api/closures';
import type { Problem } from '../../api/problem';
import type { ClosedShape } from '../../map/closedShape';
import type { Spot } from '../../ui/PlacePick';

export interface Draft {
  form: 'circle' | 'area';
  /** The middle of the circle. */
  spot: Spot | null;
  /** Metres, as typed. */
  radius: string;
  /** Of the area, in order. */
  corners: readonly Spot[];
  reason: string;
  /** As the browser's box of date and time writes them; empty for none. */
  from: string;
  until: string;
}

export type Field = 'place' | 'radius' | 'corners' | 'reason' | 'from' | 'until';

export const BLANK: Draft = {
  form: 'circle',
  spot: null,
  radius: '50',
  corners: [],
  reason: '',
  from: '',
  until: '',
};
const CORNERS_LEAST = 3;
/** A line can be drawn between so many, before they enclose anything. */
const DRAWN_FROM_CORNERS = 2;

/** A place that was clicked: the middle of the circle, or one more corner. */
export function withPlace(draft: Draft, spot: Spot): Draft {
  if (draft.form === 'circle') return { ...draft, spot };
  return { ...draft, corners: [...draft.corners, spot] };
}

/** The place that was set last. */
export function placeOf({ form, spot, corners }: Draft): Spot | null {
  return form === 'circle' ? spot : (corners.at(-1) ?? null);
}

export function withoutCorner(draft: Draft, row: number): Draft {
  return { ...draft, corners: draft.corners.filter((_, at) => at !== row) };
}

function polygonOf(corners: readonly Spot[]): Record<string, unknown> {
  const ring = [...corners, ...corners.slice(0, 1)].map(({ lon, lat }) => [lon, lat]);
  return { type: 'Polygon', coordinates: [ring] };
}

/** What would be closed, to be drawn; null as long as there is nothing to draw. */
export function shapeOf({ form, spot, radius, corners }: Draft): ClosedShape | null {
  const middle = form === 'circle' ? spot : corners[0];
  if (middle == null) return null;
  const { lon, lat } = middle;
  if (form === 'circle') return { lon, lat, radius_m: Number(radius) || 0, polygon: null };
  if (corners.length < DRAWN_FROM_CORNERS) return null;
  return { lon, lat, radius_m: null, polygon: polygonOf(corners) };
}

const momentOf = (typed: string): string => new Date(typed).toISOString();

/** What is sent; null as long as something is missing. Whether it can be closed the server says. */
export function bodyOf(draft: Draft): ClosureEntered | null {
  const { form, spot, radius, corners, from, until } = draft;
  const reason = draft.reason.trim();
  const rest = {
    reason,
    ...(from === '' ? {} : { from_at: momentOf(from) }),
    ...(until === '' ? {} : { until_at: momentOf(until) }),
  };
  if (reason === '') return null;
  if (form === 'area') {
    return corners.length < CORNERS_LEAST ? null : { ...rest, polygon: polygonOf(corners) };
  }
  if (spot === null || radius.trim() === '' || !Number.isFinite(Number(radius))) return null;
  return { ...rest, lon: spot.lon, lat: spot.lat, radius_m: Number(radius) };
}

const FIELDS: Record<string, Field> = {
  radius_m: 'radius',
  polygon: 'corners',
  reason: 'reason',
  from_at: 'from',
  until_at: 'until',
};
const PLACE = ['lon,lat', 'lon', 'lat'];

function fieldOf(refused: string, { form }: Draft): Field | null {
  if (PLACE.includes(refused)) return form === 'circle' ? 'place' : 'corners';
  return FIELDS[refused] ?? null;
}

/** What the server says of a field: its rule, without the name that the box bears already. */
const NAMED = /^[\w,]+[:：]\s*/u;

/** What was refused at which box; null where it is about none of them. */
export function refusalOf(problem: Problem | null, draft: Draft): { field: Field; text: string } | null {
  const field = problem?.field == null ? null : fieldOf(problem.field, draft);
  return problem && field && { field, text: problem.detail.replace(NAMED, '') };
}
