/** Compressed twins of what was built, which the server hands out to browsers that can read them. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXTS = /\.(?:m?js|css|svg|webmanifest)$/u;
/** Brotli is what browsers take over TLS; without it they take gzip alone. */
const TWINS: readonly (readonly [string, (text: Buffer) => Buffer])[] = [
  ['.br', (text) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } })],
  ['.gz', (text) => gzipSync(text, { level: constants.Z_BEST_COMPRESSION })],
];

/** A plugin that writes a twin beside each text where it is smaller than the text. */
export function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    enforce: 'post',
    writeBundle: {
      // After the service worker, which lists what was built and is compressed itself.
      order: 'post',
      sequential: true,
      handler({ dir }) {
        if (dir === undefined) throw new Error('the build has no folder');
        for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
          if (!TEXTS.test(name)) continue;
          const text = readFileSync(join(dir, name));
          for (const [ending, compress] of TWINS) {
            const twin = compress(text);
            if (twin.length < text.length) writeFileSync(join(dir, `${name}${ending}`), twin);
          }
        }
      },
    },
  };
}
