/** Finding a kind by what is typed in its box. What the caller's words suggest, the server says. */
import type { Kind } from '../api/types';

type Words = Pick<Kind, 'code' | 'name_zh' | 'name_en' | 'keywords_zh' | 'keywords_en'>;

/** The kinds that fit what is typed in the kind box: by name, code or keyword, names first. */
export function findKinds<K extends Words>(typed: string, kinds: readonly K[]): K[] {
  const words = typed.trim().toLowerCase();
  if (words === '') return [...kinds];
  const rank = (kind: K): number => {
    const names = [kind.name_zh, kind.name_en.toLowerCase()];
    if (names.some((name) => name.startsWith(words))) return 0;
    if (names.some((name) => name.includes(words))) return 1;
    const rest = [kind.code.toLowerCase(), ...kind.keywords_zh, ...kind.keywords_en];
    return rest.some((word) => word.toLowerCase().includes(words)) ? 2 : 3;
  };
  return kinds
    .map((kind) => ({ kind, rank: rank(kind) }))
    .filter((entry) => entry.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ kind }) => kind);
}
