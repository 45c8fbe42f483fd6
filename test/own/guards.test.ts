import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { columnIn } from '../../src/own/columns.ts';
import type { OwnFactory } from '../../src/own/own-strategy.ts';
import { readCode } from '../../src/own/read-code.ts';
import { indicators } from '../../src/own/indicators.ts';
import type { OwnScript } from '../../src/strategy/own-script.ts';

function scriptOf(text: string): OwnScript {
  const read = readCode('mine', text);
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.definition.own;
}

/** What `bar` of a text gives back, and the lines that its calls noted; the clock is looked at `looks` times at most. */
function played(text: string, looks = 0): { readonly result: unknown; readonly lines: readonly number[] } {
  const make = new Script(`(${scriptOf(text).script})`).runInThisContext() as OwnFactory;
  const lines: number[] = [];
  const check = (line: number): number => {
    if (--looks < 0) throw new Error(`stopped in line ${line}`);
    return 0;
  };
  const hooks = make({ check, at: (line) => void lines.push(line), params: { a: 7 } }, indicators);
  const { bar } = hooks as unknown as { bar(): unknown };
  return { result: bar(), lines };
}

describe('a guarded text does what the text does', () => {
  it.each([
    ['function bar() { let n = 0; for (let i = 0; i < 5; i++) n += i; return n }', 10],
    ['function bar() { let n = 0; for (const x of [1, 2, 3]) if (x > 1) n += x; else n -= x; return n }', 4],
    ['function bar() { let n = 0; do n++; while (n < 4)\n return n }', 4],
    ['function bar() { let n = 3; while (n > 0) { n-- } return n }', 0],
    ['function bar() { a: for (;;) { for (;;) break a } return 1 }', 1],
    ['function bar() { for (;;) if (1) break\n return 2 }', 2],
    ['const bar = () => [1, 2, 3].map(x => x * 2).map((x) => ({ x })).reduce((a, { x }) => a + x, 0)', 12],
    ['const bar = () => (1, 2)', 2],
    ['const f = (...xs) => xs.length\nconst bar = () => f(...[1, 2], ...[3])', 3],
    ['const bar = () => { const f = x => y => x + y\n return f(1)(2) }', 3],
    [
      'class A { #n = 1; get n() { return this.#n } add(k) { this.#n += k; return this } }\nclass B extends A { constructor(k) { super(k); this.add(k) } }\nconst bar = () => new B(4).n',
      5,
    ],
    ['function* g(n) { while (n > 0) yield n-- }\nfunction bar() { return [...g(3)].join("") }', '321'],
    ['const o = { f(x) { return this.k + x }, k: 2 }\nconst bar = () => o?.f(1) + (o.g?.(1).z ?? 10)', 13],
    ['const params = { a: 1 }\nconst bar = () => params.a', 7],
    ['function bar() { "use strict"; return typeof this }', 'undefined'],
    ['function bar(x = [4].at(0)) { return x }', 4],
    ['const bar = () => `${[1].concat([2])}`.replace(/,/g, (c) => c + c)', '1,,2'],
  ])('%s', (text, result) => {
    expect(played(text).result).toEqual(result);
  });
});

describe('what does not come back is stopped, and named with its line', () => {
  it.each([
    ['function bar() {\n  for (;;);\n}', 2],
    ['function bar() {\n\n  while (true) { try { for (;;) {} } catch { continue } }\n}', 3],
    ['const f = (n) => n < 2 ? n : f(n - 1) + f(n - 2)\nfunction bar() { f(60) }', 1],
    ['function bar() {\n  do { let x = 1 } while (true)\n}', 2],
    ['function* g() {\n  for (;;) yield 1\n}\nfunction bar() { for (const x of g()) ; }', 2],
  ])('%s', (text, line) => {
    expect(() => played(text, 3)).toThrow(/stopped in line \d/);
    expect(() => played(text, 3)).toThrow(new RegExp(`line (${line}|${line + 2})$`));
  });

  it('also where the engine itself is at work', () => {
    const { lines } = played('function bar() {\n  "x".repeat(3)\n  return /x/.test(\n    "y")\n}');
    expect(lines).toEqual([2, 4]);
  });
});

describe('columns', () => {
  it('are those of the text', () => {
    const text = 'function bar() { for (const x of [1]) f(x, null.y) }\nfunction f() {}';
    const { script, inserted } = scriptOf(text);
    const column = script.split('\n')[1]!.indexOf('null.y') + 1;
    expect(columnIn(inserted, 1, column)).toBe(text.indexOf('null.y') + 1);
    expect(column).toBeGreaterThan(text.indexOf('null.y') + 1);
  });
});
