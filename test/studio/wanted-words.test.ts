import { expect, test } from 'vitest';
import type { Proof, ProvenData } from '../../src/config/proof.ts';
import type { DatasetFacts } from '../../src/session/dataset-facts.ts';
import { unmetData, wantedData } from '../../src/session/wanted-data.ts';
import { unmetWords } from '../../src/studio/wanted-words.ts';
import { calendar } from '../../src/time/calendar.ts';
import { instant } from '../../src/time/instant.ts';
import { configWith } from '../support/synthetic.ts';

type Changes = Parameters<typeof configWith>[0];

const [wanted, found] = [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`];
const proof: Proof = {
  engine: '0.1.0',
  fingerprint: wanted,
  data: [{ dataset: 'WALK', sha256: wanted, interval: '1m', use: 'played', symbols: ['WALK'] }],
  first: '2024-03-07',
  last: '2024-03-08',
  sessions: 2,
  sessionStride: 1,
  slotStride: 1,
  marks: new Uint16Array(),
};

function dataset(name: string, changes: Partial<DatasetFacts> = {}, last = '2024-03-08'): DatasetFacts {
  const [from, to] = [instant(Date.parse('2024-03-06T15:00:00Z')), instant(Date.parse(`${last}T15:00:00Z`))];
  return { id: name, name, sha256: found, interval: '1m', symbols: [{ name: 'WALK', bars: 9, from, to }], ...changes };
}

const playing = (name: string, use: ProvenData['use'] = 'played'): ProvenData => ({
  ...{ dataset: name, sha256: found, interval: '1m', use, symbols: [] },
});

/** What is told where `used` is read and `here` is what there is. */
function told(changes: Changes, used: readonly ProvenData[], here: readonly DatasetFacts[], of?: Proof): string[] {
  const market = calendar('XNYS');
  return unmetWords(unmetData(wantedData(configWith(changes), of), used, here, market), market);
}

const one =
  'Wanted: 1m bars of WALK, Thu 7 Mar 2024 to Fri 8 Mar 2024 (2 sessions of XNYS), called “WALK”, sha256:aaaaaaaaaaaa…; ';

test('bars that a proof means are named with dates, calendar, interval and hash, beside those that are here', () => {
  expect(told({}, [], [], proof)).toEqual([`${one}they are not here: drop their file on the page.`]);
  expect(told({}, [playing('other')], [dataset('other', { interval: '5m' })], proof)).toEqual([
    `${one}here are others, called “other”: 5m bars, Wed 6 Mar 2024 to Fri 8 Mar 2024, sha256:bbbbbbbbbbbb…; they do not make up bars of 1m.`,
  ]);
  expect(told({}, [], [dataset('x', { sha256: wanted })], proof)).toEqual([`${one}they are here, and are not played.`]);
  const used = [{ ...playing('any name'), sha256: wanted }];
  expect(told({}, used, [dataset('any name', { sha256: wanted })], proof)).toEqual([]);
});

test('a set-up without a proof tells as much of its data as it knows', () => {
  const data = { dataset: 'SPY', symbols: ['SPY', 'QQQ'], interval: '5m', from: '2024-03-07', to: '2024-03-11' };
  expect(told({ data: { ...data, fillFrom: ['ALT'] } }, [], [])).toEqual([
    'Wanted: 5m bars of SPY, QQQ, Thu 7 Mar 2024 to Mon 11 Mar 2024 (3 sessions of XNYS), called “SPY”; they are not here: drop their file on the page.',
    'Wanted: bars to fill gaps from, called “ALT”; they are not here: drop their file on the page.',
  ]);
  expect(told({ data: { symbols: ['SPY'], from: '2024-03-07' } }, [], [])).toEqual([
    'Wanted: bars of SPY, from Thu 7 Mar 2024 on by XNYS; they are not here: drop their file on the page.',
  ]);
  const streams = [
    { dataset: 'SPY', symbol: 'SPY', kind: 'bars', interval: '1m' },
    { dataset: wanted, symbol: 'SPY', kind: 'quotes', interval: null },
  ] as const;
  expect(told({ data: { streams } }, [], [])).toEqual([
    'Wanted: 1m bars of SPY, by the sessions of XNYS, called “SPY”; they are not here: drop their file on the page.',
    'Wanted: quotes of SPY, by the sessions of XNYS, sha256:aaaaaaaaaaaa…; they are not here: drop their file on the page.',
  ]);
  expect(told({}, [], [])).toEqual([]);
});

test('data of another name is held against all that is told: what it lacks is named, and where it lacks nothing it will do', () => {
  const data = { dataset: 'SPY', symbols: ['WALK'], from: '2024-03-06', to: '2024-03-11' };
  const other = dataset('drop', { interval: '5m' });
  expect(told({ data: { ...data, symbols: ['WALK', 'QQQ'], interval: '1m' } }, [playing('drop')], [other])).toEqual([
    expect.stringMatching(/; they do not make up bars of 1m, have no QQQ, end before Mon 11 Mar 2024\.$/),
  ]);
  expect(told({ data }, [playing('drop')], [dataset('drop', {}, '2024-03-11')])).toEqual([]);
  // No session lies between Friday's bars and Sunday, nor before the sixth.
  expect(told({ data: { ...data, to: '2024-03-10' } }, [playing('drop')], [dataset('drop')])).toEqual([]);
  expect(
    told({ data: { ...data, from: '2024-03-05' } }, [playing('drop')], [dataset('drop', {}, '2024-03-11')]),
  ).toEqual([expect.stringMatching(/; they begin after Tue 5 Mar 2024\.$/)]);
  // What is read under its own name is checked as every run is.
  expect(told({ data: { ...data, dataset: 'drop' } }, [playing('drop')], [other])).toEqual([]);
});

test('ticks that make bars, and are delivered beside them, are one dataset, which is read once', () => {
  const streams = [
    { dataset: 'TAPE', symbol: 'WALK', kind: 'bars', interval: '1m' },
    { dataset: 'TAPE', symbol: 'WALK', kind: 'ticks', interval: null },
  ] as const;
  const tape = dataset('TAPE', { kind: 'ticks', interval: '' });
  expect(told({ data: { streams } }, [{ ...playing('TAPE'), interval: 'ticks' }], [tape])).toEqual([]);
  expect(told({ data: { streams } }, [], [])).toEqual([
    'Wanted: ticks of WALK, by the sessions of XNYS, called “TAPE”; they are not here: drop their file on the page.',
  ]);
});
