import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Rooms in which results are made, and the parts of the library that say what is played. */
const pure = [
  'src/{time,chance,bars,quality,memory,config,session,coordinator,upkeep,strategy,own,statistics,intake,sample,sweep}/**/*.ts',
  'src/library/{chunk,encode,tape,stage-*,fitted-*}.ts',
];

/** The pure room whose figures are shown and never enter a fingerprint: its formulas need logarithms and powers. */
const shown = ['src/statistics/**/*.ts'];

/** Results must be equal in every engine: only + − × ÷ and sqrt have the same bits everywhere. */
const inexact =
  'acos acosh asin asinh atan atan2 atanh cbrt cos cosh exp expm1 hypot log log10 log1p log2 pow sin sinh tan tanh'.split(
    ' ',
  );
const bits = 'Differs in its last bits by engine.';
const clock = 'Clocks are arguments.';
const chance = 'Random sources are arguments.';
const locale = 'Differs by locale, and by version of the engine.';
const systemZone = 'Depends on the zone of the system; see src/time.';
const schedule = 'Timing is the business of the shells around the loops.';

const local = 'FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds';

/** What would let a result depend on the engine, the machine, the moment or the user; test/lint.test.ts has a sample of each. */
const deterministic = {
  'no-restricted-properties': [
    'error',
    ...inexact.map((property) => ({ object: 'Math', property, message: bits })),
    { object: 'Math', property: 'random', message: chance },
    { object: 'crypto', property: 'getRandomValues', message: chance },
    { object: 'crypto', property: 'randomUUID', message: chance },
    { object: 'Date', property: 'now', message: clock },
    { object: 'performance', property: 'now', message: clock },
    { object: 'performance', property: 'timeOrigin', message: clock },
  ],
  'no-restricted-globals': [
    'error',
    ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame'].map((name) => ({
      name,
      message: schedule,
    })),
    ...['WeakRef', 'FinalizationRegistry'].map((name) => ({ name, message: 'Depends on when garbage is collected.' })),
    { name: 'navigator', message: 'Depends on the machine.' },
    { name: 'process', message: 'Depends on the machine.' },
  ],
  'no-restricted-syntax': [
    'error',
    { selector: "BinaryExpression[operator='**']", message: bits },
    { selector: "AssignmentExpression[operator='**=']", message: bits },
    { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: clock },
    { selector: 'CallExpression[callee.name="Date"]', message: clock },
    { selector: 'NewExpression[callee.name="Date"][arguments.length>1]', message: systemZone },
    { selector: `MemberExpression[property.name=/^[gs]et(${local}|TimezoneOffset)$/]`, message: systemZone },
    { selector: "CallExpression[callee.property.name='localeCompare']", message: locale },
    {
      selector: "CallExpression[callee.property.name=/^toLocale/]:not([arguments.0.value='en-US'])",
      message: locale,
    },
    {
      selector: 'MemberExpression[object.name=/^(globalThis|self)$/][property.name=/^(Math|Date|performance|crypto)$/]',
      message: 'Reaches around the rules for this global.',
    },
    {
      selector: 'VariableDeclarator[init.name=/^(Math|Date|performance|crypto)$/]',
      message: 'Name it where it is used.',
    },
    { selector: 'ForInStatement', message: 'Its order takes in what is inherited; use Object.entries.' },
  ],
};
/** The same but for what differs in its last bits. */
const deterministicButForBits = {
  ...deterministic,
  'no-restricted-properties': deterministic['no-restricted-properties'].filter(({ message }) => message !== bits),
  'no-restricted-syntax': deterministic['no-restricted-syntax'].filter(({ message }) => message !== bits),
};
const intl = {
  selector: "MemberExpression[object.name='Intl']",
  message: 'Its answers differ by engine; src/time/transitions.ts has what is needed of it.',
};

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
  { files: pure, ignores: shown, rules: deterministic },
  { files: shown, rules: deterministicButForBits },
  {
    files: pure,
    ignores: ['src/time/transitions.ts', ...shown],
    rules: { 'no-restricted-syntax': [...deterministic['no-restricted-syntax'], intl] },
  },
  {
    files: shown,
    rules: { 'no-restricted-syntax': [...deterministicButForBits['no-restricted-syntax'], intl] },
  },
);
