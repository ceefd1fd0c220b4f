/** The service worker of a build: its source, with the names of what was built filled in. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
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

/** A plugin that writes `sw.js` beside the page. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    generateBundle(_options, bundle) {
      const files = Object.keys(bundle).filter((name) => /\.(m?js|css)$/u.test(name));
      const source = serviceWorkerOf(files.map((name) => `/${name}`));
      this.emitFile({ type: 'asset', fileName: 'sw.js', source });
    },
  };
}
