import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const pure = 'time,bars,memory,config,session,coordinator,upkeep,strategy,intake';

/** Results must be equal in every engine: only + − × ÷ and sqrt have the same bits everywhere. */
const inexact =
  'acos acosh asin asinh atan atan2 atanh cbrt cos cosh exp expm1 hypot log log10 log1p log2 pow sin sinh tan tanh'.split(
    ' ',
  );

export default ts.config(
  { ignores: ['dist', 'coverage', 'node_modules', 'test-results', 'playwright-report'] },
  ...ts.configs.recommended,
  ...svelte.configs['flat/recommended'],
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      eqeqeq: ['error', 'always'],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: { 'svelte/prefer-svelte-reactivity': 'off' },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.svelte', 'workers/**/*.ts'],
    ignores: ['src/memory/words.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'Atomics', message: 'The protocol lives in src/memory/protocol.ts; use it.' },
      ],
    },
  },
  {
    files: [`src/{${pure}}/**/*.ts`],
    rules: {
      'no-restricted-properties': [
        'error',
        ...inexact.map((property) => ({ object: 'Math', property, message: 'Differs in its last bits by engine.' })),
        { object: 'Math', property: 'random', message: 'Random sources are arguments.' },
        { object: 'Date', property: 'now', message: 'Clocks are arguments.' },
        { object: 'performance', property: 'now', message: 'Clocks are arguments.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "BinaryExpression[operator='**']", message: 'Differs in its last bits by engine.' },
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Clocks are arguments.' },
      ],
    },
  },
);
