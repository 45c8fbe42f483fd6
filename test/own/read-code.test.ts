import { describe, expect, it } from 'vitest';
import { faultIn, faultWords } from '../../src/own/code-fault.ts';
import { mostCharacters } from '../../src/own/most-characters.ts';
import { codeHash, readCode } from '../../src/own/read-code.ts';
import type { OwnDefinition } from '../../src/strategy/definition.ts';

const faults = (text: string): readonly string[] => {
  const read = readCode('mine', text);
  return read.ok ? [] : read.faults.map(faultWords);
};
const definition = (text: string): OwnDefinition => {
  const read = readCode('mine', text);
  if (!read.ok) throw new Error(read.faults.map(faultWords).join('\n'));
  return read.definition;
};

describe('what is wrong in a text', () => {
  it.each([
    ['function bar() {\n  let x = ;\n}', 'line 2, column 11: Unexpected token'],
    ['function bar() {', 'line 1, column 17: Unexpected token'],
    ['}); fetch("x"); (function(){ function bar() {}', /too many|Unexpected/],
    ['function bar() {}\n  fetch("x")', 'line 2, column 3: fetch is not there: own code has no network'],
    ['function bar() { return import("x") }', 'line 1, column 25: import is not there: a strategy is one text'],
    ['import x from "y";\nfunction bar() {}', /line 1, column 1: 'import'/],
    ['async function bar() {}', /^line 1, column 1: async is not there/],
    ['function bar() { return 2 ** 3 }', /^line 1, column 25: \*\* differs/],
    ['function bar() { return Math.log(2) }', /^line 1, column 25: Math.log is not there: its last bits differ/],
    ['function bar() { return (1.5).toLocaleString() }', /^line 1, column 25: toLocaleString is not there: it depends/],
    ['function bar() { return "a".localeCompare("b") }', /^line 1, column 25: localeCompare is not there: it depends/],
    ['function bar() { return Math.random() }', /a run could not be repeated/],
    ['function bar() { return Date.now() }', /desk.now/],
    ['function bar() { $$n = 0 }', /line 1, column 18: \$\$n begins with/],
    ['function bar() {}\nreturn 1;', 'line 2, column 1: return stands outside of a function'],
    ['function bar() {}\n <!-- y', 'line 2, column 2: comments of HTML are read differently by engines'],
    ['const x = 1;', /^line 1, column 1: there is no hook/],
    ['let params = { a: 1 };\nfunction bar() {}', /line 1, column 5: params must be declared as const/],
    ['const params = { a: 1 + 1 };\nfunction bar() {}', /line 1, column 18: a parameter must be/],
    ['const warmUpBars = 1.5;\nfunction bar() {}', /line 1, column 20: warmUpBars must be/],
    ['function bar() { with ({}) {} }', /line 1, column 18/],
  ])('%j', (text, expected) => {
    const [first = ''] = faults(text);
    if (typeof expected === 'string') expect(first).toBe(expected);
    else expect(first).toMatch(expected);
  });

  it('is told at its place, and found again in the words of a run', () => {
    const fault = { line: 12, column: 5, message: 'TypeError: x\nis not' };
    expect(faultIn(`Session ended: ${faultWords(fault)}`)).toEqual(fault);
    expect(faultIn('no place')).toBeUndefined();
  });

  it('is a text that is too long', () => {
    expect(faults(`//${'x'.repeat(mostCharacters)}`)[0]).toContain(`it may have ${mostCharacters}`);
  });
});

describe('what a text declares', () => {
  const text = `// Buys what rose.
// And waits.
const params = { length: { default: 5, min: 1, max: 9, whole: true, help: 'Bars.' }, share: 0.5, both: true,
  side: { default: 'long', choices: ['long', 'short'] }, loss: -2 };
const warmUpBars = Math.max(params.length, 3) * 2 - 1;
const bar = (desk, symbol) => {};
function end() {}`;

  it('is known without running it', () => {
    const { paragraph, params, warmUpBars, own } = definition(text);
    expect(paragraph).toBe('Buys what rose. And waits.');
    expect(Object.entries(params).map(([key, { kind, default: initial }]) => [key, kind.name, initial])).toEqual([
      ['length', 'whole', 5],
      ['share', 'number', 0.5],
      ['both', 'switch', true],
      ['side', 'choice', 'long'],
      ['loss', 'number', -2],
    ]);
    expect([params.length!.kind.max, params.loss!.kind.min, params.loss!.kind.must]).toEqual([
      9,
      undefined,
      'a number',
    ]);
    expect(warmUpBars({ length: 7 })).toBe(13);
    expect(own.sha256).toBe(codeHash(text));
    expect(own.script).toContain('return{bar,end}');
  });

  it('has a hash of every character', () => {
    expect(codeHash('a')).not.toBe(codeHash('a '));
    expect(codeHash('')).toBe('sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});
