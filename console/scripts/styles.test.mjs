import { expect, test } from 'vitest';

import { faultsOf } from './styles.mjs';

const SHEET = '/* .gone */ @layer a { .row { color: var(--ink); --ink: red } .mark--1::before { top: 0 } }';
const SOURCE = 'const a = <i className={isOn ? "row" : `mark mark--${level}`} />;';

const faultsWith = (css, source) => faultsOf({ 'a.css': SHEET + css }, { 'a.tsx': SOURCE + source });

test('styles that are used and defined have no fault', () => {
  expect(faultsWith('', '')).toEqual([]);
});

test('a class that nothing gives is named, also beside one that is given', () => {
  expect(faultsWith('.row .old, .mark--2 { top: 0 }', '')).toEqual(['a.css: .old is never used']);
});

test('a token that nothing asks for and one that nobody chose are named', () => {
  expect(faultsWith(':root { --gap: 1px } .row { top: var(--far) }', '')).toEqual([
    'a.css: --gap is never used',
    'a.css: --far is not defined',
  ]);
});

test('a class without a style is named, not what an element is compared with', () => {
  const source = "const b = <b className={state === 'OPEN' ? 'bare' : undefined} />;";
  expect(faultsWith('', source)).toEqual(['a.tsx: .bare has no style']);
});

test('a value within a name is no name of its own', () => {
  const source = "const c = <b className={`row mark--${isLate ? 'late' : 'good'}`} />;";
  expect(faultsWith('', source)).toEqual([]);
});
