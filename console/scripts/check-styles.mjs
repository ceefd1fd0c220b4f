/** Say which styles are dead or missing and end with 1, or say that there are none. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { faultsOf } from './styles.mjs';

const source = fileURLToPath(new URL('../src', import.meta.url));
const paths = readdirSync(source, { recursive: true }).map(String);
const read = (pattern) =>
  Object.fromEntries(
    paths
      .filter((path) => pattern.test(path) && !path.includes('.test.') && !path.endsWith('.d.ts'))
      .map((path) => [path, readFileSync(join(source, path), 'utf8')]),
  );
const sheets = read(/\.css$/u);
const faults = faultsOf(sheets, read(/\.tsx?$/u));
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log(`${Object.keys(sheets).length} style sheets: every class and token is used and defined`);
