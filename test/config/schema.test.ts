import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { nonDefault } from '../../src/config/format.ts';
import { readConfig } from '../../src/config/read.ts';
import { defaultConfig, settings, valueOf } from '../../src/config/schema.ts';

/** The table of the contract, key by key. */
const contract = {
  version: 1,
  data: {
    dataset: null,
    symbols: null,
    from: null,
    to: null,
    interval: null,
    fillFrom: [],
    streams: null,
    adjust: null,
  },
  session: {
    calendar: 'XNYS',
    start: null,
    end: null,
    timeZone: null,
    hours: 'regular',
    custom: null,
    autoRoll: true,
    timeoutSeconds: 300,
    boundaryCheckSeconds: 60,
    rollDelayMinutes: 30,
  },
  upkeep: {
    enabled: true,
    checkIntervalSeconds: 60,
    retryMissingBars: true,
    maxRetries: 5,
    derivedIntervals: ['5m', '15m'],
    autoComputeDerived: true,
    carryLastPrice: false,
  },
  history: { enabled: true, trailingDays: 5, intervals: ['1m', '5m'], windows: null, autoLoad: true },
  prefetch: { enabled: true, windowMinutes: 60, checkIntervalMinutes: 5, autoActivate: true },
  replay: { speed: 60 },
  feed: {
    seed: 1,
    dropRate: 0,
    delayRate: 0,
    duplicateRate: 0,
    reorderRate: 0,
    corruptRate: 0,
    delayMinutes: 3,
    outages: [],
  },
  strategy: null,
  broker: {
    fills: 'honest',
    cash: 10_000,
    margin: 1,
    commission: 0,
    spread: 0,
    slippage: 0,
    tradeOnClose: false,
    hedging: false,
    exclusiveOrders: false,
    finalizeTrades: false,
  },
};

describe('the defaults', () => {
  it('are those of the contract, in its order', () => {
    expect(defaultConfig()).toEqual(contract);
    expect(JSON.stringify(defaultConfig())).toBe(JSON.stringify(contract));
    expect(JSON.stringify(defaultConfig())).toBe(JSON.stringify(contract));
  });

  it('pass their own checks', () => {
    expect(readConfig(contract)).toMatchObject({ ok: true, config: contract });
    expect(readConfig({})).toEqual({ ok: true, config: contract, given: new Set() });
  });

  it('are fresh each time', () => {
    (defaultConfig().upkeep.derivedIntervals as string[]).push('1h');
    expect(defaultConfig().upkeep.derivedIntervals).toEqual(['5m', '15m']);
  });

  it('differ from themselves in nothing', () => {
    expect(nonDefault(defaultConfig())).toEqual({});
  });
});

describe('the table of settings', () => {
  it.each(settings.map((row) => [row.name, row] as const))('%s explains itself', (_, row) => {
    expect(row.help).toMatch(/^[A-Z].*\.$/);
    expect(row.kind.must).not.toBe('');
    expect(row.name).toBe(row.group === null ? row.key : `${row.group}.${row.key}`);
    expect(v.safeParse(row.kind.schema, row.default).output).toEqual(row.default);
    expect(valueOf(defaultConfig(), row)).toEqual(row.default);
  });

  it('names units where a name ends in one', () => {
    for (const { key, unit } of settings) {
      const named = /(Seconds|Minutes)$/.exec(key)?.[0].toLowerCase();
      if (named) expect([key, unit]).toEqual([key, named]);
    }
  });

  it('has what a form needs', () => {
    const row = (name: string) => settings.find((one) => one.name === name)!.kind;
    expect(row('upkeep.maxRetries')).toMatchObject({ name: 'whole', min: 0, max: 100 });
    expect(row('upkeep.enabled')).toMatchObject({ name: 'switch' });
    expect(row('session.hours')).toMatchObject({ name: 'choice', choices: ['regular', 'extended', 'around'] });
    expect(row('data.from')).toMatchObject({ name: 'day', nullable: true });
  });
});
