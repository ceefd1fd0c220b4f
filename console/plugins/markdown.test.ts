import { expect, test } from 'vitest';

import { entriesOf, markOf, newestEntry } from './helpPages';
import { inline, sectionsOf, type Resolve } from './markdown';

const plain: Resolve = (target) => ({ title: `Page ${target}`, href: target.includes('x') ? `help:${target}` : null });

test('marks within a line become elements, and what is written as code keeps its marks', () => {
  expect(inline('**a** *b* `**c** <d>` [e](x.md) {doc}`y`', plain)).toBe(
    '<strong>a</strong> <em>b</em> <code>**c** &lt;d&gt;</code> <a href="help:x.md">e</a> Page y',
  );
});

test('a page is cut at its headings; lines are joined, in Chinese without a blank', () => {
  const page = '# 一\n\n甲乙\n丙丁\n\n![x](y.png)\n\n## Two\n\n- one\n  more\n- two\n\n```{toctree}\nx\n```\n\n```sh\nls\n```\n';
  expect(sectionsOf(page, plain)).toEqual([
    { title: '一', level: 1, html: '<p>甲乙丙丁</p>' },
    { title: 'Two', level: 2, html: '<ul><li>one more</li><li>two</li></ul><pre tabindex="0"><code>ls</code></pre>' },
  ]);
});

test('a table has its head, and no script of a page is one', () => {
  const [section] = sectionsOf('# T\n\n| a | b |\n|---|--:|\n| <script> | 2 |\n', plain);
  expect(section?.html).toContain('<th scope="col">a</th>');
  expect(section?.html).toContain('<td>&lt;script&gt;</td><td>2</td>');
});

test('entries of the changelog are told by their titles, the newest first', () => {
  const changelog = '# C\n\n## [2]\n\n### Added\n\n- **Two**: b\n  c.\n\n## [1]\n\n### Added\n\n- **One**: a.\n';
  expect(entriesOf(changelog)).toEqual([
    { mark: markOf('Two'), html: '<strong>Two</strong>: b c.' },
    { mark: markOf('One'), html: '<strong>One</strong>: a.' },
  ]);
  expect(newestEntry(changelog)).toBe(markOf('Two'));
});
