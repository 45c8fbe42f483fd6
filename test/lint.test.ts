import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

const eslint = new ESLint();

/** The rules that a piece of code breaks when it stands in a file. */
async function broken(code: string, filePath: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath });
  expect(result!.fatalErrorCount, code).toBe(0);
  return result!.messages.map(({ ruleId }) => ruleId).filter((rule) => rule?.startsWith('no-restricted'));
}

/** What would let a result depend on the engine, the machine, the moment or the user. */
const forbidden = [
  ...['sin(1)', 'cos(1)', 'tan(1)', 'exp(1)', 'expm1(1)', 'log(2)', 'log2(2)', 'log10(2)', 'log1p(2)', 'pow(2, 3)'],
  ...[
    'cbrt(2)',
    'hypot(3, 4)',
    'atan(1)',
    'atan2(1, 2)',
    'acos(1)',
    'asin(1)',
    'sinh(1)',
    'cosh(1)',
    'tanh(1)',
    'random()',
  ],
]
  .map((call) => `export const x = Math.${call};`)
  .concat(
    'export const x = 2 ** 0.5;',
    'export let x = 2; x **= 3;',
    'export const { random } = Math;',
    'export const x = Math["pow"](2, 3);',
    'export const x = globalThis.Math.sin(1);',
    'const M = Math; export const x = M.sin(1);',
    'export const x = Date.now();',
    'export const x = new Date();',
    'export const x = Date();',
    'export const x = new Date(2024, 10, 29);',
    'export const x = new Date(0).getHours();',
    'export const x = new Date(0).getTimezoneOffset();',
    'export const x = new Date(0).setMonth(1);',
    'export const x = performance.now();',
    'export const x = performance.timeOrigin;',
    'export const x = crypto.getRandomValues(new Uint8Array(1));',
    'export const x = crypto.randomUUID();',
    'export const x = "a".localeCompare("b");',
    'export const x = (1).toLocaleString();',
    'export const x = "i".toLocaleUpperCase("tr");',
    'export const x = new Intl.NumberFormat();',
    'setTimeout(() => undefined, 0);',
    'setInterval(() => undefined, 0);',
    'setImmediate(() => undefined);',
    'queueMicrotask(() => undefined);',
    'export const x = new WeakRef({});',
    'export const x = navigator.language;',
    'export const x = process.env;',
    'for (const key in {}) void key;',
  );

describe('the lint of the pure rooms', () => {
  test.each(forbidden)('refuses %s', async (code) => {
    expect(await broken(code, 'src/session/fixture.ts')).not.toEqual([]);
  });

  test.each([
    'time',
    'bars',
    'memory',
    'config',
    'session',
    'coordinator',
    'upkeep',
    'strategy',
    'intake',
    'sample',
    'chance',
  ])('holds in src/%s', async (room) => {
    for (const code of ['export const x = Math.sin(1);', 'export const x = new Date();', 'setTimeout(() => 1, 0);'])
      expect(await broken(code, `src/${room}/deeper/fixture.ts`)).toHaveLength(1);
  });

  test.each([
    'export const x = Math.sqrt(2) + Math.floor(1.5) + Math.imul(3, 4) + Math.max(1, 2);',
    'export const x = new Date(0).toISOString() + new Date(0).getUTCHours();',
    'export const x = (1234).toLocaleString("en-US");',
    'export const x = ["b", "a"].sort();',
    'for (const [key] of Object.entries({})) void key;',
  ])('lets pass %s', async (code) => {
    expect(await broken(code, 'src/session/fixture.ts')).toEqual([]);
  });

  test('lets what is only shown have logarithms and powers, and nothing else', async () => {
    expect(await broken('export const x = Math.log(2) ** 2 + Math.exp(1);', 'src/statistics/fixture.ts')).toEqual([]);
    for (const code of [
      'export const x = Math.random();',
      'export const x = new Date();',
      'export const x = Intl.name;',
    ])
      expect(await broken(code, 'src/statistics/fixture.ts')).toHaveLength(1);
  });

  test('lets the table of transitions read the zones, and the page have its clocks', async () => {
    const zones = 'export const x = new Intl.DateTimeFormat("en-US");';
    expect(await broken(zones, 'src/time/transitions.ts')).toEqual([]);
    expect(await broken(zones, 'src/time/zone.ts')).toEqual(['no-restricted-syntax']);
    expect(await broken('export const x = Date.now();', 'src/studio/fixture.ts')).toEqual([]);
  });
});
