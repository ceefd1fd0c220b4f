import { defineConfig } from 'vite';

import { mapLibrary } from '../plugins/mapLibrary';

/** The page that `benchmarks/live_map.py` opens; it is never part of the console. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [mapLibrary()],
  build: {
    outDir: process.env['BENCH_OUT'] ?? '../node_modules/.bench',
    emptyOutDir: true,
    rolldownOptions: { input: `${import.meta.dirname}/live-map.html` },
    chunkSizeWarningLimit: 1200,
  },
});
