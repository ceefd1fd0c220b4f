/** The part of Markdown that the pages of `docs/` are written in, made into HTML when the console is built. */

/** A heading and what stands below it, up to the next heading of any level. */
export interface Section {
  title: string;
  level: number;
  html: string;
}

/** What a link leads to: what it is called there, and its address where one can go there. */
export type Resolve = (target: string) => { title: string; href: string | null };

const FENCE = /^```/u;
const HEADING = /^(?<marks>#{1,6}) (?<title>.+)$/u;
const ITEM = /^(?<indent> *)(?:[-*]|(?<number>\d+\.)) (?<text>.*)$/u;
const RULE_OF_TABLE = /^\|[\s:|-]+\|$/u;
const CODE = /`([^`]+)`/gu;
const DOC = /\{doc\}`([^`]+)`/gu;
const PICTURE = /!\[[^\]]*\]\([^)]*\)/gu;
const LINK = /\[([^\]]+)\]\(([^)]+)\)/gu;

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function linked(words: string | null, target: string, resolve: Resolve): string {
  const { title, href } = resolve(target);
  const shown = words ?? escaped(title);
  return href === null ? shown : `<a href="${href}">${shown}</a>`;
}

/** The marks within a line; what stands in code keeps its marks. */
export function inline(text: string, resolve: Resolve): string {
  const kept: string[] = [];
  const keep = (html: string): string => `\u0000${kept.push(html) - 1}\u0000`;
  return escaped(text)
    .replaceAll(DOC, (_, target: string) => keep(linked(null, target, resolve)))
    .replaceAll(CODE, (_, code: string) => keep(`<code>${code}</code>`))
    .replaceAll(PICTURE, '')
    .replaceAll(LINK, (_, words: string, target: string) => linked(words, target, resolve))
    .replaceAll(/\*\*([^*]+)\*\*/gu, '<strong>$1</strong>')
    .replaceAll(/(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])/gu, '<em>$1</em>')
    .replaceAll(/\u0000(\d+)\u0000/gu, (_, index: string) => kept[Number(index)] ?? '');
}

/** Two lines are one: with a blank between words, without between characters of Chinese. */
export function joined(lines: readonly string[]): string {
  return lines.reduce((before, line) => {
    const isTight = /[\u3000-\u9fff\uff00-\uffef]$/u.test(before) && /^[\u3000-\u9fff\uff00-\uffef]/u.test(line);
    return before + (before === '' || isTight ? '' : ' ') + line.trim();
  }, '');
}

function listOf(lines: readonly string[], resolve: Resolve): string {
  const items: string[][] = [];
  for (const line of lines) {
    const found = ITEM.exec(line)?.groups;
    if (found?.['text'] !== undefined) items.push([found['text']]);
    else items.at(-1)?.push(line);
  }
  const tag = ITEM.exec(lines[0] ?? '')?.groups?.['number'] === undefined ? 'ul' : 'ol';
  const inner = items.map((item) => `<li>${inline(joined(item), resolve)}</li>`);
  return `<${tag}>${inner.join('')}</${tag}>`;
}

function tableOf(lines: readonly string[], resolve: Resolve): string {
  const rows = lines
    .filter((line) => !RULE_OF_TABLE.test(line))
    .map((line) => line.replace(/^\||\|$/gu, '').split('|').map((cell) => inline(cell.trim(), resolve)));
  const [head = [], ...body] = rows;
  const heads = head.map((cell) => `<th scope="col">${cell}</th>`).join('');
  const cells = body.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
  return `<div role="group" tabindex="0"><table><thead><tr>${heads}</tr></thead><tbody>${cells.join('')}</tbody></table></div>`;
}

/** A block of lines without a blank one between them. */
function blockOf(lines: readonly string[], resolve: Resolve): string {
  const first = lines[0] ?? '';
  if (ITEM.test(first)) return listOf(lines, resolve);
  if (first.startsWith('|')) return tableOf(lines, resolve);
  const at = lines.findIndex((line) => ITEM.test(line));
  if (at > 0) return blockOf(lines.slice(0, at), resolve) + listOf(lines.slice(at), resolve);
  const text = inline(joined(lines), resolve);
  return text === '' ? '' : `<p>${text}</p>`;
}

/** The sections of a page; tables of contents and pictures are left out. */
export function sectionsOf(page: string, resolve: Resolve): Section[] {
  const sections: Section[] = [];
  let block: string[] = [];
  let code: string[] | null = null;
  const add = (html: string): void => {
    const last = sections.at(-1);
    if (last !== undefined) last.html += html;
  };
  const end = (): void => {
    if (block.length > 0) add(blockOf(block, resolve));
    block = [];
  };
  for (const line of page.split('\n')) {
    if (FENCE.test(line)) {
      end();
      if (code === null) code = line.includes('{') ? [''] : [];
      else {
        // A directive of the documentation begins with an empty line here: it is no code.
        if (code[0] !== '') add(`<pre tabindex="0"><code>${escaped(code.join('\n'))}</code></pre>`);
        code = null;
      }
    } else if (code !== null) code.push(line);
    else {
      const heading = HEADING.exec(line)?.groups;
      if (heading !== undefined || line.trim() === '') end();
      if (heading !== undefined) {
        const { marks = '', title = '' } = heading;
        sections.push({ title: title.replaceAll('`', ''), level: marks.length, html: '' });
      } else if (line.trim() !== '') block.push(line);
    }
  }
  end();
  return sections;
}
