/** Which kind of report the caller's words point to: a proposal, always overruled by hand. */
import type { Kind } from '../../api/types';

type Words = Pick<Kind, 'code' | 'name_zh' | 'name_en' | 'priority' | 'keywords_zh' | 'keywords_en'>;

/** A Chinese character says about as much as this many Latin letters. */
const LETTERS_A_CHARACTER = 3;
const LATIN = /^[\p{Script=Latin}\d\s'-]+$/u;

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
}

/** Latin words count only as whole words; Chinese has none, so its words count anywhere. */
function stands(word: string, text: string): boolean {
  if (!LATIN.test(word)) return text.includes(word);
  return new RegExp(`(?<!\\p{L})${escaped(word)}(?!\\p{L})`, 'u').test(text);
}

function weight(word: string): number {
  return LATIN.test(word) ? word.length : word.length * LETTERS_A_CHARACTER;
}

function score(kind: Words, text: string): number {
  const words = [kind.name_zh, kind.name_en, ...kind.keywords_zh, ...kind.keywords_en];
  return [...new Set(words.map((word) => word.toLowerCase()))]
    .filter((word) => word !== '' && stands(word, text))
    .reduce((sum, word) => sum + weight(word), 0);
}

/** The code of the kind whose words weigh most in the text; of equals the most urgent; else null. */
export function suggestKind(text: string, kinds: readonly Words[]): string | null {
  const lower = text.toLowerCase();
  const ranked = kinds
    .map((kind) => ({ kind, score: score(kind, lower) }))
    .filter((entry) => entry.score > 0)
    .sort((a, b) => b.score - a.score || a.kind.priority - b.kind.priority);
  return ranked[0]?.kind.code ?? null;
}

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
