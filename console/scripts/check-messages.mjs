/**
 * Say what is wrong with the message files and end with 1, or say that they are whole.
 * With `--json`: what is missing and what is unused, for a program.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { faultsOf, flatten } from './messages.mjs';

const source = fileURLToPath(new URL('../src', import.meta.url));
const read = (path) => readFileSync(join(source, path), 'utf8');
const trees = {
  'zh-CN': JSON.parse(read('i18n/zh-CN.json')),
  en: JSON.parse(read('i18n/en.json')),
};
const sources = readdirSync(source, { recursive: true })
  .map(String)
  .filter((path) => /\.tsx?$/u.test(path) && !path.includes('.test.'))
  .map(read);
const found = faultsOf(trees, sources);
const faults = [...found.missing, ...found.unused];
if (process.argv.includes('--json')) {
  console.log(JSON.stringify(found));
} else {
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exit(1);
  console.log(`${flatten(trees.en).size} messages in ${Object.keys(trees).length} languages: whole`);
}
