import { describe, expect, it } from 'vitest';
import type { BarColumns } from '../../src/bars/columns.ts';
import { priceFault } from '../../src/bars/price-fault.ts';
import { datasetSha256 } from '../../src/intake/dataset-hash.ts';
import { sampleDatasets, type SampleBars } from '../../src/sample/datasets.ts';
import { isMadeUp, sampleNames, sampleSha256 } from '../../src/sample/identity.ts';
import { calendar } from '../../src/time/calendar.ts';
import { minute } from '../../src/time/instant.ts';

const { sample, backup } = sampleDatasets();
const sessions = calendar('XNYS').sessions('2024-10-25', '2024-11-29');
const noBreath = async (): Promise<void> => undefined;

function hashOf({ symbols, interval }: SampleBars): Promise<string> {
  return datasetSha256(
    symbols.map(({ name, columns }) => ({ name, interval, columns })),
    noBreath,
  );
}

function columns(result: SampleBars, symbol: string): BarColumns {
  return result.symbols.find(({ name }) => name === symbol)!.columns;
}

function starts(result: SampleBars, symbol: string): Set<number> {
  const { start, count } = columns(result, symbol);
  return new Set(start.subarray(0, count));
}

/** Slots of a session in which a symbol has no bar. */
function missing(result: SampleBars, symbol: string, session: number): number[] {
  const { open, close } = sessions[session]!;
  const here = starts(result, symbol);
  return Array.from({ length: (close - open) / minute }, (_, slot) => slot).filter(
    (slot) => !here.has(open + slot * minute),
  );
}

const all = sessions.map((_, session) => session);
const of = (symbol: string): number => all.reduce((sum, at) => sum + missing(sample, symbol, at).length, 0);

describe('the sample', () => {
  it('has the same bars in every engine: the hashes that the page and the links know it by', async () => {
    expect(await hashOf(sample)).toBe('sha256:94ce15980ead71d11f6a77d4a20b7bfd4075311fd509cc010a15fcb00c6f6538');
    expect(await hashOf(backup)).toBe('sha256:8ac73c585983b1f816167dd98b9225fd5c65b0b341156a35670ed909d766252c');
    expect(await hashOf(sampleDatasets().sample)).toBe(sampleSha256.sample);
    expect(sampleSha256.backup).toBe(await hashOf(backup));
  });

  it('says of itself that it is synthetic', () => {
    for (const result of [sample, backup])
      expect(result.audits[0]!.decisions).toContainEqual(
        expect.objectContaining({ name: 'origin', value: 'synthetic' }),
      );
    expect(sampleNames.map((name) => isMadeUp({ sha256: sampleSha256[name] }))).toEqual([true, true]);
    expect(isMadeUp({ sha256: `sha256:${'0'.repeat(64)}` })).toBe(false);
  });

  it('plays 25 sessions with a change of clocks, a holiday and an early close', () => {
    expect(sessions).toHaveLength(25);
    expect(sessions.map(({ date }) => date)).not.toContain('2024-11-28');
    expect(sessions.at(-1)).toMatchObject({ date: '2024-11-29', early: true });
    const hours = new Set(sessions.map(({ open }) => new Date(open).getUTCHours()));
    expect([...hours]).toEqual([13, 14]);
    for (const result of [sample, backup]) {
      expect(result.symbols.map(({ name }) => name)).toEqual(['ALFA', 'BRAV', 'CHAR']);
      for (const { columns: bars } of result.symbols)
        for (let i = 0, s = 0; i < bars.count; i++) {
          while (bars.start[i]! >= sessions[s]!.close) s++;
          const into = bars.start[i]! - sessions[s]!.open;
          if (into < 0 || into % minute !== 0 || (i > 0 && bars.start[i]! <= bars.start[i - 1]!))
            expect.fail(`bar ${i} starts at ${bars.start[i]}`);
        }
    }
  });

  it('has bars that could be real: possible prices with two decimals, whole volumes', () => {
    for (const { symbols } of [sample, backup])
      for (const { name, columns: bars } of symbols)
        for (let i = 0; i < bars.count; i++) {
          const prices = [bars.open[i]!, bars.high[i]!, bars.low[i]!, bars.close[i]!] as const;
          const cents = prices.every((price) => price > 5 && price < 500 && Number(price.toFixed(2)) === price);
          const whole = Number.isSafeInteger(bars.volume[i]) && bars.volume[i]! >= 0;
          if (!cents || !whole || priceFault(...prices) !== '')
            expect.fail(`${name} ${i}: ${prices.join()} ${bars.volume[i]}`);
        }
    for (const { columns: bars } of sample.symbols) expect(bars.volume.subarray(0, bars.count)).not.toContain(0);
  });

  it('trades most towards open and close, and jumps over the nights', () => {
    const { start, open, close, volume, count } = columns(sample, 'ALFA');
    const volumes = { edge: [0, 0], middle: [0, 0] };
    let nights = 0;
    for (let i = 0, s = 0; i < count; i++) {
      if (start[i]! >= sessions[s]!.close) {
        s++;
        if (Math.abs(open[i]! / close[i - 1]! - 1) > 0.002) nights++;
      }
      const slot = (start[i]! - sessions[s]!.open) / minute;
      const place = slot < 60 || slot >= 330 ? volumes.edge : slot >= 135 && slot < 255 ? volumes.middle : [0, 0];
      place[0]! += volume[i]!;
      place[1]!++;
    }
    const mean = ([sum, bars]: readonly number[]): number => sum! / bars!;
    expect(mean(volumes.edge) / mean(volumes.middle)).toBeGreaterThan(1.8);
    expect(nights).toBeGreaterThan(12);
  });
});

describe('what the sample misses', () => {
  it('is something of each kind in the first minutes, and one of these is in no source', () => {
    const first = (symbol: string): number[] => missing(sample, symbol, 0).filter((slot) => slot < 30);
    expect(first('ALFA')).toEqual([3, 7, 15, 16, 17]);
    expect(first('BRAV')).toEqual([10]);
    expect(missing(backup, 'ALFA', 0).filter((slot) => slot < 30)).toEqual([7]);
    expect(missing(backup, 'BRAV', 0).filter((slot) => slot < 30)).toEqual([]);
  });

  it('is little of BRAV, more of ALFA and much of CHAR, which has an outage and minutes without a trade', () => {
    expect(of('BRAV')).toBeLessThan(30);
    expect(of('ALFA')).toBeGreaterThan(60);
    expect(of('ALFA')).toBeLessThan(200);
    expect(of('CHAR')).toBeGreaterThan(1_000);
    const outage = missing(sample, 'CHAR', 8).filter((slot) => slot >= 140 && slot < 187);
    expect(outage).toHaveLength(47);
    for (const symbol of ['ALFA', 'BRAV', 'CHAR'])
      expect(missing(sample, symbol, 13)).toEqual(expect.arrayContaining([200, 201, 202, 203, 204, 205]));
  });

  it('is in the backup, most of it and not all', () => {
    for (const symbol of ['ALFA', 'BRAV']) {
      const there = starts(backup, symbol);
      const lost = all.flatMap((at) => missing(sample, symbol, at).map((slot) => sessions[at]!.open + slot * minute));
      const mended = lost.filter((start) => there.has(start)).length;
      expect(mended / lost.length).toBeGreaterThan(0.75);
      expect(mended).toBeLessThan(lost.length);
    }
    const { volume, count } = columns(backup, 'CHAR');
    expect(volume.subarray(0, count).filter((shares) => shares === 0).length).toBeGreaterThan(500);
  });
});
