import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What draws figures: only `src/ui/charts` may, so that every chart looks and reads alike. */
const DRAWING = {
  selector: 'JSXOpeningElement[name.name=/^(svg|canvas|meter)$/]',
  message: 'Charts are drawn by src/ui/charts: use one of its parts, or add one there (ADR 48).',
};

/** Which room may not import which: app > features > map > ui > api > i18n. */
const forbidden = (message, ...rooms) => ({
  'no-restricted-imports': [
    'error',
    { patterns: rooms.map((room) => ({ regex: room, message })) },
  ],
});

export default defineConfig(
  globalIgnores(['node_modules', 'src/api/schema.d.ts']),
  js.configs.recommended,
  {
    files: ['{src,stories}/**/*.{ts,tsx}', 'plugins/stories.ts'],
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      reactHooks.configs.flat['recommended-latest'],
    ],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      'no-console': 'error',
      complexity: ['error', 10],
      'max-lines': ['error', 200],
    },
  },
  {
    files: ['src/**/*.tsx'],
    ignores: [
      'src/ui/charts/**',
      // Maps, and a photo whose faces are hidden: no chart.
      'src/map/**',
      'src/features/wall/CellMap.tsx',
      'src/features/field/BlurTool.tsx',
    ],
    rules: { 'no-restricted-syntax': ['error', DRAWING] },
  },
  {
    files: ['src/features/**'],
    rules: forbidden(
      'A feature imports neither another feature nor the app: compose them in src/app.',
      '^\\.\\./(?!\\.\\./)',
      '/(app|features)/',
    ),
  },
  {
    files: ['src/map/**'],
    rules: forbidden('The map knows no feature.', '/(app|features)/'),
  },
  {
    files: ['src/ui/**'],
    rules: forbidden('ui knows neither the map nor a feature.', '/(app|features|map)/'),
  },
  {
    files: ['src/api/**', 'src/i18n/**'],
    rules: forbidden('api and i18n know no screen.', '/(app|features|map|ui)/'),
  },
  {
    files: ['service-worker/**'],
    languageOptions: {
      globals: Object.fromEntries(
        ['self', 'caches', 'fetch', 'setTimeout', 'Headers', 'Request', 'Response', 'URL'].map((name) => [
          name,
          'readonly',
        ]),
      ),
    },
  },
  {
    files: ['scripts/**'],
    rules: { 'no-unused-vars': ['error', { varsIgnorePattern: '^_' }] },
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
);
