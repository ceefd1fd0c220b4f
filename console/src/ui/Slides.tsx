import { Component, createRef, type ReactNode } from 'react';

const SLIDE_MS = 160;
/** One picture is drawn with every row where it was, also where pictures come late. */
const JUMP_MS = 50;
const CALM = '(prefers-reduced-motion: reduce)';
const SLIDE = 'slide';
/** Less than this nobody sees. */
const LEAST_PX = 1;

type Tops = ReadonlyMap<string, number>;

const rowsOf = (host: HTMLElement): HTMLElement[] => [
  ...host.querySelectorAll<HTMLElement>('[data-key]'),
];

const topsOf = (rows: readonly HTMLElement[]): Tops =>
  new Map(rows.map((row) => [row.dataset['key'] ?? '', row.getBoundingClientRect().top]));

const isSeen = (top: number): boolean => top > -window.innerHeight && top < 2 * window.innerHeight;

/** How a row comes to its place: from where it was, out of nothing, or not at all. */
function framesOf(from: number | undefined, to: number): Keyframe[] {
  if (from === undefined) return isSeen(to) ? [{ opacity: 0 }, {}] : [];
  const isMoved = Math.abs(from - to) >= LEAST_PX && (isSeen(from) || isSeen(to));
  return isMoved ? [{ transform: `translateY(${from - to}px)` }, { transform: 'none' }] : [];
}

/**
 * Draw every row where it was, and let it come to where it is now. A browser counts no layout shift
 * so, and the eye can follow; who wants no motion sees it there a few pictures later.
 */
function slide(host: HTMLElement, before: Tops): void {
  const rows = rowsOf(host);
  for (const row of rows) {
    for (const motion of row.getAnimations()) if (motion.id === SLIDE) motion.cancel();
  }
  const isCalm = window.matchMedia(CALM).matches;
  const [duration, easing] = isCalm ? [JUMP_MS, 'steps(1)'] : [SLIDE_MS, 'ease-out'];
  for (const [key, to] of topsOf(rows)) {
    const frames = framesOf(before.get(key), to);
    const row = rows.find(({ dataset }) => dataset['key'] === key);
    if (frames.length > 0) row?.animate(frames, { id: SLIDE, duration, easing });
  }
}

interface Props {
  /** When this is another value, rows may have moved. */
  of: unknown;
  children: ReactNode;
}

/** Rows (each with its `data-key`) that slide to their new places instead of jumping there. */
export class Slides extends Component<Props> {
  readonly #host = createRef<HTMLDivElement>();

  /** Where the rows are is known before they move, and never after: only a class is told then. */
  override getSnapshotBeforeUpdate(before: Props): Tops | null {
    const host = this.#host.current;
    return host === null || before.of === this.props.of ? null : topsOf(rowsOf(host));
  }

  override componentDidUpdate(_props: Props, _state: unknown, before: Tops | null): void {
    const host = this.#host.current;
    // A list of React Aria renders its rows once more, right after it was given them.
    if (host !== null && before !== null) queueMicrotask(() => slide(host, before));
  }

  override render(): ReactNode {
    return <div ref={this.#host}>{this.props.children}</div>;
  }
}
