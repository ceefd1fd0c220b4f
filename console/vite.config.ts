import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

import { compressed } from './plugins/compressed';
import { helpPages } from './plugins/helpPages';
import { layerOrder } from './plugins/layerOrder';
import { messageParts } from './plugins/messageParts';
import { mapLibrary, publishedMapWorker } from './plugins/mapLibrary';
import { serviceWorker } from './service-worker/build';

/** The address of a running server, used only while developing. */
const server = process.env['ANLAN_SERVER'] ?? 'http://127.0.0.1:8000';

export default defineConfig(({ mode }) => ({
  base: '/',
  plugins: [
    { ...optimizeLocales.vite({ locales: ['zh-CN', 'en-US'] }), enforce: 'pre' },
    helpPages(),
    messageParts(),
    mapLibrary(),
    publishedMapWorker(),
    react(),
    layerOrder(),
    serviceWorker(),
    compressed(),
    // Fetched for its mode alone: a build must not need what it reads.
    mode === 'stories' && import('./plugins/stories').then(({ stories }) => stories()),
  ],
  build: {
    outDir: '../src/anlan/project/console',
    emptyOutDir: true,
    assetsDir: 'assets',
    // What imports what: `anlan check console` counts by it.
    manifest: true,
    // A data: address would need an exception in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
  worker: { format: 'es' },
  server: {
    proxy:
      mode === 'stories'
        ? {}
        : Object.fromEntries(
            ['/api', '/stream', '/city', '/report', '/follow'].map((path) => [path, server]),
          ),
  },
}));
