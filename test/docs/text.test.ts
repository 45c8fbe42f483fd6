import { describe, expect, it } from 'vitest';
import { settings } from '../../src/config/schema.ts';
import { chapters } from '../../src/docs/chapters.ts';
import { found } from '../../src/docs/find.ts';
import { entryId, spansOf, type Block } from '../../src/docs/text.ts';
import { formats } from '../../src/intake/formats.ts';
import { shelf } from '../../src/strategy/shelf.ts';

const blocks = chapters.flatMap(({ sections }) => sections.flatMap((section) => section.blocks));
const entries = blocks.flatMap((block) => (typeof block !== 'string' && 'entries' in block ? block.entries : []));
const ids = [
  ...chapters.flatMap(({ id, sections }) => [id, ...sections.map((section) => section.id)]),
  ...entries.map(({ id }) => id),
];

function texts(block: Block): readonly string[] {
  if (typeof block === 'string') return [block];
  if ('list' in block) return block.list;
  if ('table' in block) return block.table.rows.flat();
  return 'entries' in block ? block.entries.flatMap(({ facts }) => facts.map(([, value]) => value)) : [];
}

describe('the documentation', () => {
  it('gives every place an id of its own, which an address may have', () => {
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    expect(ids.filter((id) => !/^[\w.-]+$/.test(id))).toEqual([]);
  });

  it('leads nowhere that is not there', () => {
    const targets = blocks
      .flatMap(texts)
      .flatMap(spansOf)
      .flatMap(({ to }) => to ?? []);
    expect(targets.length).toBeGreaterThan(15);
    expect(targets.filter((to) => !ids.includes(to))).toEqual([]);
  });

  it('has every setting with what the table says of it', () => {
    for (const { name, help, kind, unit, default: initial } of settings) {
      const entry = entries.find(({ id }) => id === name)!;
      const facts = Object.fromEntries(entry.facts);
      expect(entry.text).toBe(help);
      expect(facts).toMatchObject({ values: kind.must, default: `\`${JSON.stringify(initial)}\`` });
      expect(facts['unit']).toBe(unit);
    }
  });

  it('has every format and every strategy that there is', () => {
    for (const { name } of [...formats, ...shelf]) expect(entries.map(({ term }) => term)).toContain(name);
  });
});

describe('texts', () => {
  it('are taken apart into code, names and links', () => {
    expect(spansOf('Press **Play**, or set `replay.speed` ([speed](#replay.speed)).')).toEqual([
      { kind: 'plain', text: 'Press ' },
      { kind: 'strong', text: 'Play' },
      { kind: 'plain', text: ', or set ' },
      { kind: 'code', text: 'replay.speed' },
      { kind: 'plain', text: ' (' },
      { kind: 'link', text: 'speed', to: 'replay.speed' },
      { kind: 'plain', text: ').' },
    ]);
  });

  it('are found by all words of a search, in any case, entry by entry', () => {
    const of = (search: string): string[] =>
      found(chapters, search).flatMap(({ sections }) =>
        sections.flatMap((section) =>
          section.blocks.flatMap((block) =>
            typeof block !== 'string' && 'entries' in block ? block.entries.map(({ term }) => term) : [],
          ),
        ),
      );
    expect(of('GIVEN up')).toEqual(['upkeep.maxRetries']);
    expect(of('carry last price')).toContain('upkeep.carryLastPrice');
    expect(of('no such words')).toEqual([]);
    const [whole] = found(chapters, 'proof').filter(({ id }) => id === 'links');
    expect(whole).toEqual(chapters.find(({ title }) => title === 'Links and proof'));
    expect(found(chapters, '  ')).toBe(chapters);
  });

  it.each([
    ['exit code', 'terminal'],
    ['exit codes', 'terminal'],
    ['look-ahead', 'look-ahead'],
    ['lookahead', 'look-ahead'],
    ['Look ahead', 'look-ahead'],
    ['half day', 'early close'],
    ['half-days', 'early close'],
    ['time zone', 'zone'],
    ['timezone', 'zone'],
    ['Time-zones', 'zone'],
    ['daylight saving', 'changes of clocks'],
    ['derived interval', 'upkeep.derivedIntervals'],
    ['CSP', 'content security policy'],
    ['shortcuts', 'map of keys'],
    ['dark mode', 'light colours'],
    ['undo', 'redo'],
  ])('are found by %j as users type it', (search, what) => {
    const text = JSON.stringify(found(chapters, search)).toLowerCase();
    expect(text).toContain(what.toLowerCase());
  });

  it('have what has the words in its title first', () => {
    const [first] = found(chapters, 'lookahead');
    expect(first!.sections[0]!.id).toBe('look-ahead');
    expect(found(chapters, 'terminal')[0]!.id).toBe('terminal');
  });

  it('have a place for each parameter of the shelf', () => {
    for (const { name, params } of shelf)
      for (const param of Object.keys(params)) {
        const id = entryId('strategy', name);
        const entry = entries.find((each) => each.id === id)!;
        const places = entry.facts.map(([fact]) => entryId(id, fact));
        expect(places).toContain(entryId(id, param));
        expect(new Set(places).size).toBe(places.length);
      }
  });
});
