import { expect, test } from 'vitest';

import en from '../src/i18n/en.json';
import { firstSources, partsOf } from './messageParts';

test('a section goes first when a first screen names one of its keys', () => {
  const messages = { call: { send: 'Send' }, audit: { prove: 'Prove' }, unit_step: { went: 'Went' } };
  const sources = ["t('call.send')", "publish('audit.changed')", 't(`${subject}_step.${move}`)'];
  expect(partsOf(messages, sources)).toEqual({
    first: { call: { send: 'Send' }, unit_step: { went: 'Went' } },
    rest: { audit: { prove: 'Prove' } },
  });
});

test('what people start on comes first, the rest with the screens that say it', () => {
  const { first, rest } = partsOf(en, firstSources());
  expect(Object.keys(first)).toEqual(expect.arrayContaining(['shell', 'session', 'call', 'field']));
  expect(Object.keys(rest)).toEqual(expect.arrayContaining(['audit', 'routing', 'evaluation']));
  expect({ ...first, ...rest }).toEqual(en);
});
