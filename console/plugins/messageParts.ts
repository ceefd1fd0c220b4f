/** The messages of a language in two parts: what the first screens say, and what all others do. */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

import { flatten, PLURAL } from '../scripts/messages.mjs';

const SOURCE = fileURLToPath(new URL('../src', import.meta.url));
const ENTRY = join(SOURCE, 'main.tsx');
const PART = /\/i18n\/[\w-]+\.json\?(?<part>first|rest)$/u;
/** What a file fetches with itself or after a tap; a screen that is fetched by `later` is another. */
const IMPORT = /(?<later>\blater\(async \(\) => \(await )?(?:\bfrom |\bimport\()'(?<path>\.[^']+)'/gu;
/** A whole key, wherever it stands: also in tables that are read at run time. */
const WHOLE = /'(\w+(?:\.\w+)+)'/gu;
/** What stands before the first dot of a key that is put together: `${subject}_step.taken`. */
const PUT_TOGETHER = /`((?:\w|\$\{\w+\})+)\./gu;

function fileOf(path: string, importer: string): string | null {
  const at = resolve(dirname(importer), path);
  for (const ending of ['.tsx', '.ts']) {
    try {
      readFileSync(at + ending);
      return at + ending;
    } catch {
      // Not that one; style sheets and data are neither.
    }
  }
  return null;
}

/** The texts of all files that somebody may come to without opening a screen by `later`. */
export function firstSources(): string[] {
  const texts = new Map<string, string>();
  const wanted = [ENTRY];
  for (let file = wanted.pop(); file !== undefined; file = wanted.pop()) {
    if (texts.has(file)) continue;
    const text = readFileSync(file, 'utf8');
    texts.set(file, text);
    for (const { groups } of text.matchAll(IMPORT)) {
      if (groups?.['later'] !== undefined) continue;
      const found = fileOf(groups?.['path'] ?? '', file);
      if (found !== null) wanted.push(found);
    }
  }
  return [...texts.values()];
}

/** What a source says of keys: whole ones, and patterns of sections for those put together. */
function namedIn(text: string): { keys: string[]; sections: RegExp[] } {
  return {
    keys: [...text.matchAll(WHOLE)].map(([, key]) => key ?? ''),
    sections: [...text.matchAll(PUT_TOGETHER)].map(
      ([, start]) => new RegExp(`^${(start ?? '').replaceAll(/\$\{[^}]*\}/gu, '\\w+')}$`, 'u'),
    ),
  };
}

/** The messages of the sections that these sources name, and those of the others. */
export function partsOf(
  messages: Readonly<Record<string, object>>,
  sources: readonly string[],
): Record<'first' | 'rest', Record<string, object>> {
  const named = sources.map(namedIn);
  const keys = new Set(named.flatMap((one) => one.keys));
  const sections = named.flatMap((one) => one.sections);
  const parts: Record<'first' | 'rest', Record<string, object>> = { first: {}, rest: {} };
  for (const [section, texts] of Object.entries(messages)) {
    const own = [...flatten(texts, section).keys()].map((key) => key.replace(PLURAL, ''));
    const isFirst =
      own.some((key) => keys.has(key)) || sections.some((pattern) => pattern.test(section));
    parts[isFirst ? 'first' : 'rest'][section] = texts;
  }
  return parts;
}

/** A plugin that answers `./en.json?first` and `./en.json?rest` from `en.json`. */
export function messageParts(): Plugin {
  return {
    name: 'message-parts',
    load(id) {
      const part = PART.exec(id)?.groups?.['part'];
      if (part !== 'first' && part !== 'rest') return null;
      const text = readFileSync(id.replace(/\?.*$/u, ''), 'utf8');
      const messages = JSON.parse(text) as Record<string, object>;
      return `export default ${JSON.stringify(partsOf(messages, firstSources())[part])};`;
    },
  };
}
