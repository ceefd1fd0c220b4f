/** The service worker of a build: its source, with the names of what was built filled in. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const SOURCE = new URL('./sw.js', import.meta.url);

/** Fill in the addresses of scripts and styles; their names hold their digests. */
function serviceWorkerOf(files: readonly string[]): string {
  const shell = files.toSorted();
  const source = readFileSync(SOURCE, 'utf8');
  const version = createHash('sha256').update(source).update(shell.join('\n')).digest('hex');
  return source
    .replace('const SHELL = [];', `const SHELL = ${JSON.stringify(shell)};`)
    .replace("const VERSION = '';", `const VERSION = '${version.slice(0, 12)}';`);
}

/**
 * A plugin that writes `sw.js` beside the page, from the files that were written: an empty chunk
 * stands in the bundle for a while and is dropped before it is.
 */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    writeBundle({ dir }) {
      if (dir === undefined) throw new Error('the build has no folder');
      const files = readdirSync(dir, { recursive: true, encoding: 'utf8' })
        .map((name) => name.replaceAll('\\', '/'))
        .filter((name) => name.startsWith('assets/') && /\.(m?js|css)$/u.test(name));
      writeFileSync(join(dir, 'sw.js'), serviceWorkerOf(files.map((name) => `/${name}`)));
    },
  };
}
