import { beforeAll, describe, expect, test } from 'vitest';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { planSweep } from '../../src/sweep/plan-sweep.ts';
import { cellsOf, readShard } from '../../src/sweep/shard.ts';
import { readSpec, valuesOf } from '../../src/sweep/spec.ts';
import { cellCount, cellOf, configOf, type Sweep } from '../../src/sweep/sweep.ts';
import { windowsOf } from '../../src/sweep/windows.ts';
import type { DayText } from '../../src/time/instant.ts';
import { randomWalk, storeDataset } from '../support/synthetic.ts';

const store = new MemoryStore();
beforeAll(() => storeDataset(store, 'WALK', { WALK: randomWalk('2024-03-04', '2024-03-15', 7) }));

const config = { strategy: { name: 'SMA cross', params: {} } };

async function planned(more: object): Promise<Sweep> {
  const read = readSpec({ config, ...more });
  if (!read.ok) throw new Error(read.findings.map(({ message }) => message).join('\n'));
  const plan = planSweep(read.spec, await store.list());
  if (!plan.ok) throw new Error(plan.findings.map(({ message }) => message).join('\n'));
  return plan.sweep;
}

function messages(input: unknown): string[] {
  const read = readSpec(input);
  return read.ok ? [] : read.findings.map(({ message }) => message);
}

describe('what is tried', () => {
  test('a grid in a fixed order, the last parameter changing fastest, without what the strategy does not take', async () => {
    const sweep = await planned({ params: { fast: [5, 20], slow: { from: 10, to: 30, step: 10 } } });
    expect(sweep.combinations).toEqual([
      { fast: 5, slow: 10 },
      { fast: 5, slow: 20 },
      { fast: 5, slow: 30 },
      { fast: 20, slow: 30 },
    ]);
    expect(sweep.leftOut).toBe(2);
    expect(cellCount(sweep)).toBe(4);
    expect(configOf(sweep, cellOf(sweep, 4)).strategy).toEqual({ name: 'SMA cross', params: { fast: 20, slow: 30 } });
  });

  test('a random sample follows from its seed, has none twice, and one twice as large begins with it', async () => {
    const params = { fast: { from: 1, to: 100, step: 1 }, slow: { from: 2, to: 200, step: 2 } };
    const of = async (cells: number, seed: number) =>
      (await planned({ params, random: { cells, seed } })).combinations.map((each) => JSON.stringify(each));
    const fifty = await of(50, 3);
    expect(new Set(fifty).size).toBe(50);
    expect(await of(50, 3)).toEqual(fifty);
    expect((await of(100, 3)).slice(0, 50)).toEqual(fifty);
    expect(await of(50, 4)).not.toEqual(fifty);
    for (const each of fifty) {
      const { fast, slow } = JSON.parse(each) as { fast: number; slow: number };
      expect(slow).toBeGreaterThan(fast);
    }
  });

  test('a sample as large as the grid is the grid', async () => {
    const params = { fast: [1, 2], slow: [5, 6] };
    const sampled = await planned({ params, random: { cells: 10 } });
    expect(sampled.combinations).toEqual((await planned({ params })).combinations);
  });

  test('steps that are no binary fractions come out as they are written', () => {
    expect(valuesOf({ from: 0, to: 0.7, step: 0.1 })).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
    expect(valuesOf({ from: 1, to: 8, step: 3 })).toEqual([1, 4, 7]);
  });

  test('windows follow each other without a gap out of sample, and what fills none is left out', () => {
    const dates = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as unknown as DayText[];
    expect(windowsOf(dates, { inSample: 3, outOfSample: 2 })).toEqual([
      { in: { from: 'a', to: 'c' }, out: { from: 'd', to: 'e' } },
      { in: { from: 'c', to: 'e' }, out: { from: 'f', to: 'g' } },
    ]);
  });

  test('a walk forward plays every combination in and out of sample, on dates of its own', async () => {
    const sweep = await planned({
      params: { fast: [2, 3], slow: [5] },
      walkForward: { inSample: 4, outOfSample: 3 },
    });
    expect(cellCount(sweep)).toBe(8);
    const cells = Array.from({ length: 8 }, (_, i) => cellOf(sweep, i + 1));
    expect(cells.map(({ window, part, params }) => `${window}${part}${String(params['fast'])}`)).toEqual(
      '1in2 1in3 1out2 1out3 2in2 2in3 2out2 2out3'.split(' '),
    );
    const { from, to } = configOf(sweep, cells[2]!).data;
    expect([from, to]).toEqual(['2024-03-08', '2024-03-12']);
    expect(() => cellOf(sweep, 9)).toThrow('The number of a cell was 9; it must be from 1 to 8');
  });

  test('a sweep is known by settings, ranges and bars, not by what its dataset is called', async () => {
    const params = { fast: [2, 3], slow: [5] };
    const one = await planned({ params });
    expect((await planned({ params })).id).toBe(one.id);
    expect((await planned({ params: { ...params, slow: [6] } })).id).not.toBe(one.id);
    expect((await planned({ params, config: { ...config, broker: { commission: 0.001 } } })).id).not.toBe(one.id);
  });
});

describe('shards', () => {
  test('share all cells out, each to one', () => {
    const all = [1, 2, 3].flatMap((part) => cellsOf(10, { part, of: 3 }));
    expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: 10 }, (_, i) => i + 1));
  });

  test.each(['0/3', '4/3', '1', '1/0', 'a/b', '1/2/3', '-1/3'])('%s is none', (text) => {
    expect(readShard(text)).toBeUndefined();
  });
});

describe('what is wrong is said', () => {
  test.each([
    [[], 'sweep was a list of 0; it must be an object { config, params, random, walkForward }'],
    [{ config, params: { fast: [1] }, radnom: null }, 'radnom is no part of a sweep; the nearest is random'],
    [{ config }, 'params was missing; it must be an object with one parameter or more, each with its values'],
    [{ config, params: { fast: [] } }, 'params.fast was a list of 0; it must be a list of 1 to 100000 values'],
    [
      { config, params: { fast: [5, 3, 8, 3, 5] } },
      'params.fast[3] was 3, which params.fast[1] is already; a value is tried once: leave one of them out',
    ],
    [{ config, params: { fast: 3 } }, 'params.fast was 3; it must be a list of values, or { "from", "to", "step" }'],
    [{ config, params: { fast: { from: 1, to: 9, step: 0 } } }, 'params.fast.step was 0; it must be above 0'],
    [{ config, params: { fast: { from: 9, to: 1, step: 1 } } }, 'params.fast.to was 1; it must be from (9) or more'],
    [
      { config: { data: { form: 1 }, ...config }, params: { fast: [3] } },
      'in config: data.form is not a setting; the nearest is data.from',
    ],
    [
      { config, params: { fast: [3] }, random: { cells: 0 } },
      'random.cells was 0; it must be a whole number from 1 to 100000',
    ],
    [
      { config, params: { fast: [3] }, walkForward: { inSample: 3 } },
      'walkForward.outOfSample was missing; it must be a whole number from 1 to 100000',
    ],
  ])('%#', (input, message) => {
    expect(messages(input)).toEqual([message]);
  });

  test.each([
    [{ params: { fats: [1] } }, 'params.fats is no parameter of "SMA cross"; the nearest is fast'],
    [{ params: { fast: [0] } }, 'params.fast was 0; it must be a whole number from 1 to 1000'],
    [{ params: { fast: [30], slow: [20] } }, 'strategy.params.slow was 20; it must be more than fast (30)'],
    [
      { params: { fast: { from: 1, to: 1_000, step: 1 }, slow: { from: 2, to: 2_000, step: 1 } } },
      'The grid has 1999000 cells; at most 100000 are tried. Take fewer values, or a sample: "random": { "cells": 100000 }',
    ],
    [
      { params: { fast: [3] }, walkForward: { inSample: 9, outOfSample: 3 } },
      'walkForward was an object; it must be of at most 10 sessions, in and out of sample together, for so many are played',
    ],
    [
      { params: { fast: [3] }, config: { strategy: { name: 'SMA crss', params: {} } } },
      'strategy.name was "SMA crss"; it must be a strategy of the shelf; the nearest is SMA cross',
    ],
    [
      { config: {}, params: { fast: [3] } },
      'strategy was null; it must be a strategy in config, for a sweep tries its parameters',
    ],
    [
      { params: { fast: [3] }, config: { strategy: { name: 'Mine', code: `sha256:${'0'.repeat(64)}`, params: {} } } },
      'The set-up needs code that is not here: Mine with the hash sha256:0000',
    ],
    [{ params: { fast: [3] }, config: { ...config, data: { dataset: 'NONE' } } }, 'data.dataset was "NONE"'],
  ])('%#', async (more, message) => {
    await expect(planned(more)).rejects.toThrow(message);
  });
});
