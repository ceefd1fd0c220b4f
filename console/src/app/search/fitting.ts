/** How well a name fits what is typed: in either language, by word or by the initials of pinyin. */
import { initialsOf } from './initials';

const tidy = (text: string): string => text.toLowerCase().replaceAll(/[\s·/'’-]+/gu, '');

function fitOf(name: string, typed: string): number {
  const whole = tidy(name);
  if (whole.startsWith(typed)) return 0;
  if (name.toLowerCase().split(/\s+/u).some((word) => tidy(word).startsWith(typed))) return 1;
  if (initialsOf(name) !== name.toLowerCase() && tidy(initialsOf(name)).startsWith(typed)) return 2;
  return whole.includes(typed) ? 3 : Infinity;
}

/** Those whose names fit, the best first; all of them, as they come, while nothing is typed. */
export function fitting<One extends { names: readonly string[] }>(
  all: readonly One[],
  text: string,
): One[] {
  const typed = tidy(text);
  if (typed === '') return [...all];
  return all
    .map((one) => ({ one, fit: Math.min(...one.names.map((name) => fitOf(name, typed))) }))
    .filter(({ fit }) => fit < Infinity)
    .sort((a, b) => a.fit - b.fit)
    .map(({ one }) => one);
}
