import { describe, expect, it } from 'vitest';
import { mostLines } from '../../src/strategy/script.ts';
import { lacking, mostKept, readVisit, writeVisit, type KeptVisit } from '../../src/studio/kept-visit.ts';

const visit: KeptVisit = {
  version: 1,
  link: '#config=%7B%7D',
  isMeant: true,
  settings: { data: { dataset: 'WALK' }, replay: { speed: 600 } },
  view: { pane: 'chart', side: 'set-up', dock: 'gaps', chart: { symbols: ['C'], interval: '5m' } },
  run: {
    settings: { data: { dataset: 'WALK' } },
    tape: [{ name: 'WALK', sha256: 'sha256:1' }],
    place: { session: 3, slots: 17, ended: false },
    interventions: [
      { session: 2, slot: 5, kind: 'cancel', symbol: 1 },
      { session: 2, slot: 0, kind: 'history', symbol: -1 },
    ],
    fingerprint: null,
  },
};

describe('the record of a visit', () => {
  it('is read as it was written', () => {
    expect(readVisit(writeVisit(visit).text)).toEqual(visit);
    expect(readVisit(writeVisit({ ...visit, run: null }).text)).toEqual({ ...visit, run: null });
  });

  it('has room for a script of as many orders as there may be, each with all that an order can say', () => {
    const orders = Array.from({ length: mostLines }, (_, i) => {
      const size = 100 + (i % 7);
      return {
        bar: 100_000 + i,
        after: 1,
        op: 'buy',
        size,
        limit: 187.4375,
        stop: 186.9375,
        sl: 180.125,
        tp: 199.875,
        symbol: 2,
      };
    });
    const settings = { ...visit.settings, strategy: { name: 'scripted', params: { orders } } };
    const played = { ...visit, settings, run: { ...visit.run!, settings: structuredClone(settings) } };
    const { text, tooLong } = writeVisit(played);
    expect(tooLong).toBeUndefined();
    expect(readVisit(text)).toEqual(played);
    // The set-up may be another one by now.
    const changed = { ...played, settings: visit.settings };
    expect(readVisit(writeVisit(changed).text)).toEqual(changed);
  });

  it('is bounded: a run to which too much was done is left out', () => {
    const interventions = Array.from({ length: 50_000 }, () => visit.run!.interventions[0]!);
    const { text, tooLong } = writeVisit({ ...visit, run: { ...visit.run!, interventions } });
    expect(text.length).toBeLessThan(1_000);
    expect(tooLong).toBeGreaterThan(mostKept);
    expect(readVisit(text)).toEqual({ ...visit, run: null });
  });

  const changed = (change: object): string => JSON.stringify({ ...visit, ...change });
  it.each([
    ['nothing', null],
    ['no JSON', '{"version":1,'],
    ['no object', '[]'],
    ['null', 'null'],
    ['of an older page', changed({ version: 0 })],
    ['of a newer page', changed({ version: 2 })],
    ['without a view', changed({ view: undefined })],
    ['with a pane that is gone', changed({ view: { ...visit.view, pane: 'news' } })],
    ['with a negative place', changed({ run: { ...visit.run, place: { session: -1, slots: 0, ended: false } } })],
    ['with half a slot', changed({ run: { ...visit.run, place: { session: 1, slots: 0.5, ended: false } } })],
    ['with another intervention', changed({ run: { ...visit.run, interventions: [{ kind: 'sell' }] } })],
    ['that is far too long', `${' '.repeat(mostKept)}${changed({})}`],
  ])('that is broken is ignored: %s', (_, text) => {
    expect(readVisit(text)).toBeUndefined();
  });
});

describe('the tape of a run that was kept', () => {
  const here = (name: string, sha256: string) => ({ id: name, name, sha256, interval: '1m', symbols: [] });

  it('is here under any name', () => {
    expect(lacking(visit.run!.tape, [here('STROLL', 'sha256:1')])).toBeUndefined();
  });

  it('is missed by name where it is gone, and where other bars have its name', () => {
    expect(lacking(visit.run!.tape, [here('STROLL', 'sha256:2')])).toBe('“WALK” is not in the library any more');
    expect(lacking(visit.run!.tape, [here('WALK', 'sha256:2')])).toBe('“WALK” holds other bars now');
  });
});
