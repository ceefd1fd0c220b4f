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

/** From how many screens on that use a module it comes with the others that are used everywhere. */
const EVERYWHERE_SCREENS = 40;

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
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Else each sign and each small module that two screens share is a request of its own.
          groups: [
            { name: 'icons', test: /lucide-react/u },
            { name: 'shared', minShareCount: EVERYWHERE_SCREENS },
          ],
        },
      },
    },
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
