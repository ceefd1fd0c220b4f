/** Pages of the documentation, each fetched when it is first read. */
import type { Ref } from './topics';

/** A heading and what stands below it, made into HTML when the console was built. */
export interface HelpSection {
  title: string;
  level: number;
  html: string;
}

export interface NewsEntry {
  mark: string;
  html: string;
}

type Page = () => Promise<HelpSection[]>;

const PAGES = import.meta.glob<HelpSection[]>(
  [
    '../../../../docs/officer/*.md',
    '../../../../docs/operator/{accounts,audit,retention}.md',
    '../../../../docs/zh_CN/*.md',
    '!**/officer/index.md',
    '!**/zh_CN/{index,resident,survival,contact_keys,threat_model}.md',
  ],
  { query: '?help', import: 'default' },
);
const BY_NAME = new Map<string, Page>(
  Object.entries(PAGES).map(([path, page]) => [path.replace(/^.*\/docs\//u, '').replace(/\.md$/u, ''), page]),
);

/** A section with those below it; the whole page where none is named. */
export function partOf(sections: readonly HelpSection[], heading: string): HelpSection[] {
  if (heading === '') return [...sections];
  const from = sections.findIndex(({ title }) => title === heading);
  const level = sections[from]?.level ?? 0;
  const after = sections.findIndex((one, index) => index > from && one.level <= level);
  return from === -1 ? [] : sections.slice(from, after === -1 ? undefined : after);
}

/** What a reference names; empty where there is nothing of the name. */
export async function pageOf(ref: Ref): Promise<HelpSection[]> {
  const [name = '', heading = ''] = ref.split('#');
  return partOf((await BY_NAME.get(name)?.()) ?? [], heading);
}

/** The entries of the changelog in the reader's language, the newest first. */
export async function newsEntries(language: string): Promise<NewsEntry[]> {
  const found =
    language === 'zh-CN'
      ? await import('../../../../CHANGELOG.zh-CN.md?help')
      : await import('../../../../CHANGELOG.md?help');
  return found.default;
}
