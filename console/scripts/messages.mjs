/** What can be wrong with the message files, found without running the console. */

/** The ending of a key by number. */
export const PLURAL = /_(zero|one|two|few|many|other)$/u;
const USE = /\bt\(\s*(?:'([\w.]+)'|`([^`]+)`)/gu;
const SLOT = /\{\{(\w+)\}\}/gu;

/**
 * The messages of one language by their full key.
 * @param {object} tree
 * @returns {Map<string, string>}
 */
export function flatten(tree, prefix = '') {
  const flat = new Map();
  for (const [name, value] of Object.entries(tree)) {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    if (typeof value === 'string') flat.set(key, value);
    else for (const entry of flatten(value, key)) flat.set(...entry);
  }
  return flat;
}

/**
 * The keys that source code asks for: whole keys, and patterns for keys put together at run time.
 * @param {string} source
 */
export function usesIn(source) {
  const uses = [];
  for (const [, key, template] of source.matchAll(USE)) {
    const text = key ?? template;
    const pattern = text
      .split(/\$\{[^}]*\}/u)
      .map((part) => part.replaceAll('.', '\\.'))
      .join('[\\w-]+');
    uses.push({ text, pattern: new RegExp(`^${pattern}$`, 'u') });
  }
  return uses;
}

const slotsOf = (message) => [...message.matchAll(SLOT)].map(([, name]) => name).sort().join(' ');
const withoutPlural = (key) => key.replace(PLURAL, '');

/**
 * Every fault, in words: what is missing in a language or at all, and what nothing uses.
 * @param {Record<string, object>} trees messages by language
 * @param {string[]} sources the text of every source file
 */
export function faultsOf(trees, sources) {
  const missing = [];
  const unused = [];
  const languages = Object.entries(trees).map(([name, tree]) => [name, flatten(tree)]);
  const all = new Map(
    languages.flatMap(([, flat]) => [...flat].map(([key, text]) => [withoutPlural(key), text])),
  );
  for (const [name, flat] of languages) {
    const plain = new Map([...flat].map(([key, text]) => [withoutPlural(key), text]));
    for (const [key, text] of all) {
      const own = plain.get(key);
      if (own === undefined) missing.push(`${name}: ${key} is missing`);
      else if (own.trim() === '') missing.push(`${name}: ${key} is empty`);
      else if (slotsOf(own) !== slotsOf(text)) missing.push(`${name}: ${key} has other slots`);
    }
  }
  const uses = sources.flatMap(usesIn);
  for (const key of all.keys()) {
    const named = sources.some((text) => text.includes(`'${key}'`));
    const asked = uses.some(({ pattern }) => pattern.test(key));
    if (!named && !asked) unused.push(`${key} is never used`);
  }
  for (const { text, pattern } of uses) {
    if (![...all.keys()].some((key) => pattern.test(key))) missing.push(`${text} has no message`);
  }
  return { missing, unused };
}
