/**
 * The map's library, built from its sources, with its worker as a second entry of the same build.
 *
 * The library is published as two files that each hold the same third of its code. Built together,
 * what both need becomes a chunk of its own, which a browser fetches once. Parts that no map of
 * ours asks for are left out: a call of one says so.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { transformWithOxc, type Plugin } from 'vite';

const PACKAGE = createRequire(import.meta.url).resolve('maplibre-gl/package.json');
const LIBRARY = join(dirname(PACKAGE), 'src');
const WORKER = 'virtual:map-worker';
const LEFT_OUT = '\0left-out:';
const ABOUT = `\0${PACKAGE}`;

/**
 * By file: the earth as a ball, heights of the ground, heat, moving pictures, tiles of another kind,
 * patterns and gradients, pictures as tiles, credits (ours stands beside the map), what its authors look at while they work on it.
 */
const UNUSED = [
  /^geo\/projection\/(?:globe_(?:projection|transform|camera_helper)|vertical_perspective_\w+)\.ts$/u,
  /^render\/terrain\.ts$/u,
  /^shaders\/glsl\/(?:_projection_globe|collision_\w+|color_relief|debug|heatmap\w*|hillshade\w*|terrain\w*)\.\w+\.glsl\.g\.ts$/u,
  /^shaders\/glsl\/(?:line_gradient\w*|\w+_pattern|raster)\.\w+\.glsl\.g\.ts$/u,
  /^source\/(?:canvas_source|image_source|raster_(?:dem_)?tile_source|vector_tile_mlt|video_source)\.ts$/u,
  /^ui\/(?:hash|control\/(?:attribution|logo)_control)\.ts$/u,
  /^webgl\/(?:draw\/draw_(?:collision_debug|color_relief|debug|heatmap|hillshade|raster)|render_to_texture)\.ts$/u,
];
/** What looks styles through for mistakes finds none: ours are looked through while developing. */
const VALIDATION = /\/validate_style\.min\.mjs$/u;
const UNVALIDATED = `\0unvalidated`;
const FINDS_NOTHING = `const none = () => [];
export const validateStyleMin = new Proxy(none, { get: () => none });`;
const NAMED_EXPORT = /^export (?:async )?(?:function|class|const) (\w+)/gmu;

/** The same names as in a file that is left out, so that what imports them can be built. */
function standIn(file: string): string {
  const source = readFileSync(join(LIBRARY, file), 'utf8');
  const names = [...source.matchAll(NAMED_EXPORT)].map(([, name]) => name);
  if (names.length === 0) return "export default '';";
  const refuse = `function leftOut() { throw new Error('${file} is left out of this build'); }`;
  return `${refuse} export { ${names.map((name) => `leftOut as ${name}`).join(', ')} };`;
}

/** Where a part of the library that is left out, or its description of itself, is imported from. */
function instead(id: string, importer: string | undefined): string | null {
  if (importer?.startsWith(LIBRARY) !== true || !id.startsWith('.')) return null;
  const path = join(dirname(importer), id);
  const file = relative(LIBRARY, path);
  if (path === PACKAGE) return ABOUT;
  return UNUSED.some((pattern) => pattern.test(file)) ? `${LEFT_OUT}${file}` : null;
}

/** A plugin for the build; while developing the library is taken as it is published. */
export function mapLibrary(): Plugin {
  let worker = '';
  return {
    name: 'map-library',
    apply: 'build',
    enforce: 'pre',
    buildStart() {
      const id = join(LIBRARY, 'source/worker.ts');
      worker = this.emitFile({ type: 'chunk', id, name: 'map-worker' });
    },
    resolveId: {
      order: 'pre',
      handler(id, importer) {
        if (id === WORKER) return `\0${id}`;
        if (VALIDATION.test(id)) return UNVALIDATED;
        return id === 'maplibre-gl' ? join(LIBRARY, 'index.ts') : instead(id, importer);
      },
    },
    load(id) {
      if (id === `\0${WORKER}`) return `export default import.meta.ROLLUP_FILE_URL_${worker};`;
      if (id === UNVALIDATED) return FINDS_NOTHING;
      if (id === ABOUT) {
        const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };
        return { code: `export default { version: '${version}' };`, moduleType: 'js' };
      }
      return id.startsWith(LEFT_OUT) ? { code: standIn(id.slice(LEFT_OUT.length)), moduleType: 'js' } : null;
    },
    transform: {
      order: 'pre',
      // As its authors compile it: a field that is only declared is not set once more.
      async handler(code, id) {
        if (!id.startsWith(LIBRARY) || !id.endsWith('.ts')) return null;
        const { code: plain, map } = await transformWithOxc(code, id, {
          lang: 'ts',
          assumptions: { setPublicClassFields: true },
          typescript: { removeClassFieldsWithoutInitializer: true },
        });
        return { code: plain, map: map ?? null };
      },
    },
  };
}

/** While developing: the worker as it is published. */
export function publishedMapWorker(): Plugin {
  return {
    name: 'published-map-worker',
    apply: 'serve',
    resolveId: (id) => (id === WORKER ? `\0${id}` : null),
    load: (id) =>
      id === `\0${WORKER}`
        ? "export { default } from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';"
        : null,
  };
}
