import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const TOKENS = new URL('../src/ui/tokens.css', import.meta.url);

/** The statement that says which layer of styles gives way to which; it stands in the tokens. */
export function orderIn(tokens: string): string {
  const found = /^@layer [\w, ]+;/mu.exec(tokens);
  if (found === null) throw new Error('The tokens do not say the order of the layers.');
  return found[0];
}

/**
 * Begins every style sheet with the order of the layers.
 *
 * The browser takes the order from the sheet that comes first, and which one that is, is up to how
 * the build happens to cut them: a sheet of a screen before the tokens would give way to all others.
 */
export function layerOrder(): Plugin {
  const order = orderIn(readFileSync(TOKENS, 'utf8'));
  return {
    name: 'anlan-layer-order',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type === 'asset' && file.fileName.endsWith('.css')) {
            file.source = `${order}${String(file.source)}`;
          }
        }
      },
    },
  };
}
