/**
 * Contrast of the design tokens, as WCAG 2.2 counts it (relative luminance, success criteria 1.4.3
 * and 1.4.11). Which colours stand on which is written here once, and the test holds
 * every pair.
 */
export type Shade = 'light' | 'dark';
export type Colours = ReadonlyMap<string, Readonly<Record<Shade, string>>>;

export interface Pair {
  over: string;
  under: string;
  /** 4.5 for text, 3 for marks, borders of controls and the ring of the focus. */
  least: number;
}

export const TEXT_LEAST = 4.5;
export const MARK_LEAST = 3;
const SURFACES = ['desk', 'surface', 'raised', 'sunken', 'lifted', 'hover', 'chosen'];
const TEXTS = ['ink', 'ink-soft', 'ink-faint', 'accent'];
const STATES = ['good', 'warn', 'bad'];
const URGENCIES = ['p1', 'p2', 'p3', 'p4'];
/** What is told apart from its ground by itself; the third urgency is pale and has an edge for it. */
const MARKS = ['focus', 'line-strong', 'p1', 'p2', 'p3-edge', 'p4', ...STATES];

const each = (over: readonly string[], under: readonly string[], least: number): Pair[] =>
  over.flatMap((one) => under.map((other) => ({ over: one, under: other, least })));

/** Every pair of colours that meet on a screen. */
export const PAIRS: readonly Pair[] = [
  ...each(TEXTS, SURFACES, TEXT_LEAST),
  ...each(['on-accent'], ['accent', 'accent-strong'], TEXT_LEAST),
  ...each(['accent-strong'], ['chosen'], TEXT_LEAST),
  ...STATES.flatMap((name) => each([name], [`${name}-soft`, 'surface'], TEXT_LEAST)),
  ...URGENCIES.flatMap((name) => each([`on-${name}`], [name], TEXT_LEAST)),
  ...each(MARKS, SURFACES, MARK_LEAST),
  ...each(['chart-axis'], ['surface'], TEXT_LEAST),
  ...each(['chart-series', 'chart-mark', 'chart-flagged'], ['surface'], MARK_LEAST),
  ...each(['chart-mark'], ['chart-series', 'chart-band'], MARK_LEAST),
];

/** The colours of a style sheet that are chosen as `light-dark(#day, #night)`, by name. */
export function coloursIn(css: string): Colours {
  const found = css.matchAll(/--([\w-]+): light-dark\((#[\da-f]{6}), (#[\da-f]{6})\)/gu);
  return new Map(
    [...found].map(([, name = '', light = '', dark = '']) => [name, { light, dark }]),
  );
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of a pair by day and by night; none where the colours are not both there. */
export function contrastOf(colours: Colours, { over, under }: Pair): Record<Shade, number> | null {
  const [one, other] = [colours.get(over), colours.get(under)];
  if (one === undefined || other === undefined) return null;
  const at = (shade: Shade): number => {
    const [low = 0, high = 0] = [luminance(one[shade]), luminance(other[shade])].toSorted(
      (a, b) => a - b,
    );
    return (high + 0.05) / (low + 0.05);
  };
  return { light: at('light'), dark: at('dark') };
}
