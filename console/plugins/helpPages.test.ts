import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { entriesOf, translatedEntries } from './helpPages';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const ENGLISH = '# Log\n\n## New\n\n- **Map**: moves.\n- **Bar**: wraps.\n';

test('an entry in another language has the mark of the entry that it tells', () => {
  const told = translatedEntries('# 记录\n\n## 新\n\n- **地图**\n- **顶栏**\n', ENGLISH);
  expect(told.map(({ mark }) => mark)).toEqual(entriesOf(ENGLISH).map(({ mark }) => mark));
  expect(told[1]?.html).toContain('顶栏');
});

test('an entry that is told in one language alone is refused', () => {
  expect(() => translatedEntries('# 记录\n\n## 新\n\n- **地图**\n', ENGLISH)).toThrow('1 entries');
});

test('every entry of the changelog is told in Chinese', () => {
  const told = translatedEntries(read('CHANGELOG.zh-CN.md'), read('CHANGELOG.md'));
  expect(told.filter(({ html }) => !/\p{Script=Han}/u.test(html) && html.length > 0)).toEqual([]);
});
