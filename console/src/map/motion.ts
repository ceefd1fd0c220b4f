/** How units move between the positions they report, so that the eye can follow them. */

/** A unit that is silent for longer than this stands still where it was. */
const LONGEST_GLIDE_MS = 10_000;
/** The first glide of a unit, before its rhythm is known. */
const FIRST_GLIDE_MS = 1_000;
/** A jump further than this many degrees is shown as a jump: the unit did not drive it. */
const JUMP_DEGREES = 0.02;

export interface Point {
  lon: number;
  lat: number;
}

/** A way from one place to another in a stretch of time. */
export interface Glide {
  from: Point;
  to: Point;
  start_ms: number;
  length_ms: number;
}

/**
 * Positions of moving things at any moment.
 *
 * Each thing glides to its newest position in the time that passed between its last two: it runs one
 * message behind, and neither races ahead nor stops between messages. Times are local monotonic.
 */
export class Motion {
  readonly #glides = new Map<string, Glide>();
  readonly #followers = new Set<(id: string, glide: Glide) => void>();
  #moving_until_ms = 0;

  /** A thing reported itself at `to`. */
  report(id: string, to: Point, now_ms: number): void {
    const last = this.#glides.get(id);
    const from = last ? along(last, now_ms) : to;
    const jumped = Math.max(Math.abs(to.lon - from.lon), Math.abs(to.lat - from.lat)) > JUMP_DEGREES;
    const gap_ms = last ? now_ms - last.start_ms : FIRST_GLIDE_MS;
    const length_ms = Math.min(gap_ms, LONGEST_GLIDE_MS);
    const glide = { from: jumped ? to : from, to, start_ms: now_ms, length_ms };
    this.#glides.set(id, glide);
    for (const follower of this.#followers) follower(id, glide);
    this.#moving_until_ms = Math.max(this.#moving_until_ms, now_ms + length_ms);
  }

  /** Put a thing where it is said to stand, unless it is already known. */
  place(id: string, at: Point): void {
    if (this.#glides.has(id)) return;
    this.#glides.set(id, { from: at, to: at, start_ms: 0, length_ms: 0 });
  }

  /** Where the thing is shown at this moment. */
  at(id: string, now_ms: number): Point | undefined {
    const glide = this.#glides.get(id);
    return glide && along(glide, now_ms);
  }

  glide(id: string): Glide | undefined {
    return this.#glides.get(id);
  }

  /** Be told of every report. Returns how to stop. */
  follow(follower: (id: string, glide: Glide) => void): () => void {
    this.#followers.add(follower);
    return () => void this.#followers.delete(follower);
  }

  /** Whether anything still glides. */
  isMoving(now_ms: number): boolean {
    return now_ms < this.#moving_until_ms;
  }
}

function along({ from, to, start_ms, length_ms }: Glide, now_ms: number): Point {
  if (length_ms <= 0) return to;
  const share = Math.min(1, Math.max(0, (now_ms - start_ms) / length_ms));
  return {
    lon: from.lon + (to.lon - from.lon) * share,
    lat: from.lat + (to.lat - from.lat) * share,
  };
}
