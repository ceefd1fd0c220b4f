/** How the figures of a study are written: times as minutes and seconds, shares as per cent. */
import type { Study, StudyLine } from '../../api/postures';
import { writeSpan } from '../../ui/clock';

const MINUS = '−';
const MS = 1_000;

function signOf(value: number, signed: boolean): string {
  if (value < 0) return MINUS;
  return signed && value > 0 ? '+' : '';
}

/** A figure of a study; `–` where there is none yet. */
export function shown(figure: StudyLine['figure'], value: number | null, signed = false): string {
  if (value === null) return '–';
  const size = Math.abs(value);
  if (figure.endsWith('_s')) {
    const seconds = Math.round(size);
    return `${signOf(seconds === 0 ? 0 : value, signed)}${writeSpan(seconds * MS)}`;
  }
  const percent = (size * 100).toFixed(1);
  return `${signOf(percent === '0.0' ? 0 : value, signed)}${percent} %`;
}

/** A difference of counts. */
export function shownApart(value: number): string {
  return `${signOf(value, true)}${Math.abs(value)}`;
}

/** The share of past demand within reach of a stand, for each time, of both postures. */
export function coverOf({ within_s, a, b }: Study) {
  return within_s.map((seconds, row) => {
    const [first, second] = [a.covered[row] ?? 0, b.covered[row] ?? 0];
    return {
      within_s: seconds,
      a: shown('late_share', first),
      b: shown('late_share', second),
      apart: shown('late_share', second - first, true),
    };
  });
}
