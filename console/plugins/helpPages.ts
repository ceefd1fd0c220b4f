/** Pages of the documentation as the console's help: `page.md?help` is its sections. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve as resolved } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

import { sectionsOf, type Resolve } from './markdown';

const DOCS = fileURLToPath(new URL('../../docs', import.meta.url));
const CHANGELOG = fileURLToPath(new URL('../../CHANGELOG.md', import.meta.url));
const TRANSLATED = 'CHANGELOG.zh-CN.md';
/** The folders whose pages are help; of others a title is all that is shown. */
const HELP = /^(?:officer|zh_CN)\//u;
const WANTED = /\.md\?help$/u;

/** The name of a page of the documentation: `officer/screens`. */
function nameOf(file: string): string {
  return relative(DOCS, file).replaceAll('\\', '/').replace(/\.md$/u, '');
}

/** What the links of a page mean: another page that is help, or words alone. */
export function linksOf(file: string): Resolve {
  return (target) => {
    const [path = ''] = target.split('#');
    const base = path.startsWith('/') ? DOCS + path : resolved(dirname(file), path);
    const found = [base, `${base}.md`].find((one) => one.endsWith('.md') && existsSync(one));
    if (found === undefined) return { title: path.split('/').at(-1) ?? path, href: null };
    const title = /^# (?<title>.+)$/mu.exec(readFileSync(found, 'utf8'))?.groups?.['title'] ?? path;
    const name = nameOf(found);
    return { title, href: HELP.test(name) && !name.endsWith('/index') ? `help:${name}` : null };
  };
}

/** The newest entry of the changelog in a few letters: what is newer than that is new. */
export function newestEntry(changelog: string = readFileSync(CHANGELOG, 'utf8')): string {
  const first = /^- \*\*(?<title>[^*]+)\*\*/mu.exec(changelog)?.groups?.['title'] ?? '';
  return markOf(first);
}

/** A few letters that stand for the title of an entry. */
export function markOf(title: string): string {
  return createHash('sha256').update(title).digest('hex').slice(0, 10);
}

/** The entries of the changelog, newest first, each with its mark. */
export function entriesOf(changelog: string): { mark: string; html: string }[] {
  const plain: Resolve = (target) => ({ title: target, href: null });
  const sections = sectionsOf(changelog, plain).filter(({ level }) => level >= 2);
  return sections.flatMap(({ html }) =>
    [...html.matchAll(/<li>(?<html>.*?)<\/li>/gsu)].map(({ groups }) => {
      const entry = groups?.['html'] ?? '';
      const title = /^<strong>(?<title>.*?)<\/strong>/su.exec(entry)?.groups?.['title'] ?? entry;
      return { mark: markOf(title), html: entry };
    }),
  );
}

/** The entries of the changelog in another language, each with the mark of the entry that it tells. */
export function translatedEntries(text: string, changelog: string): { mark: string; html: string }[] {
  const [told, entries] = [entriesOf(text), entriesOf(changelog)];
  if (told.length !== entries.length) {
    const wrong = `${TRANSLATED} has ${told.length} entries, CHANGELOG.md ${entries.length}`;
    throw new Error(`${wrong}: each tells one, in the same order`);
  }
  return entries.map(({ mark }, at) => ({ mark, html: told[at]?.html ?? '' }));
}

/** What a file of the documentation is to the console. */
function dataOf(file: string): unknown {
  // An address in an example is no link: without its scheme no browser and no check takes it for one.
  const read = (path: string) => readFileSync(path, 'utf8').replaceAll(/\bhttps?:\/\//gu, '');
  if (file.endsWith(TRANSLATED)) return translatedEntries(read(file), read(CHANGELOG));
  return file === CHANGELOG ? entriesOf(read(file)) : sectionsOf(read(file), linksOf(file));
}

/** A plugin that reads pages of the documentation, and defines which entry is the newest. */
export function helpPages(): Plugin {
  return {
    name: 'help-pages',
    enforce: 'pre',
    config: () => ({ define: { NEWEST_ENTRY: JSON.stringify(newestEntry()) } }),
    load(id) {
      if (!WANTED.test(id)) return null;
      return `export default ${JSON.stringify(dataOf(id.replace(/\?help$/u, '')))};`;
    },
  };
}
