import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/config/finding.ts';
import { excerpt } from '../../src/config/finding.ts';
import { readConfig } from '../../src/config/read.ts';
import type { Config } from '../../src/config/schema.ts';
import { calendarNames } from '../../src/time/calendar.ts';

/** A configuration in which one setting has a value: `only('upkeep.maxRetries', 3)`. */
function only(name: string, value: unknown): unknown {
  const [group, key] = name.split('.') as [string, string | undefined];
  return key === undefined ? { [group]: value } : { [group]: { [key]: value } };
}

function accepted(input: unknown): Config {
  const result = readConfig(input);
  if (!result.ok) throw new Error(messages(input).join('; '));
  return result.config;
}

function findings(input: unknown): readonly Finding[] {
  const result = readConfig(input);
  return result.ok ? [] : result.findings;
}

function messages(input: unknown): string[] {
  return findings(input).map(({ message }) => message);
}

const symbols = (count: number) => Array.from({ length: count }, (_, index) => `S${index}`);

/** `"a", "b" or "c"`. */
const anyOf = (names: readonly string[]) =>
  `${names
    .slice(0, -1)
    .map((name) => `"${name}"`)
    .join(', ')} or "${names.at(-1)}"`;

const right: [string, unknown[]][] = [
  ['version', [1]],
  ['data.dataset', [null, 'SPY 2', `sha256:${'0f'.repeat(32)}`, 'x'.repeat(200)]],
  ['data.symbols', [null, ['SPY'], symbols(10_000)]],
  ['data.from', [null, '2024-02-29', '1999-12-31']],
  ['data.to', [null, '2024-12-31']],
  ['data.interval', [null, '5m']],
  ['data.fillFrom', [[], ['a', 'b'], symbols(200)]],
  ['data.streams', [null]],
  ['session.calendar', [...calendarNames]],
  ['session.timeZone', [null, 'UTC', 'Asia/Tokyo']],
  ['session.hours', ['regular', 'extended', 'around']],
  ['session.start', [null, '00:00', '23:59']],
  ['session.end', [null, '16:00']],
  ['session.autoRoll', [true, false]],
  ['session.timeoutSeconds', [0, 86_400]],
  ['session.boundaryCheckSeconds', [1, 86_400]],
  ['session.rollDelayMinutes', [0, 1_440]],
  ['upkeep.enabled', [true, false]],
  ['upkeep.checkIntervalSeconds', [1, 86_400]],
  ['upkeep.maxRetries', [0, 100]],
  ['upkeep.derivedIntervals', [[], ['30s', '5m', '1h', '1d']]],
  ['history.trailingDays', [0, 1_000]],
  ['history.intervals', [[], ['1m']]],
  ['prefetch.windowMinutes', [0, 1_440]],
  ['prefetch.checkIntervalMinutes', [1, 1_440]],
  ['replay.speed', ['max', 0.001, 1, 1_000_000]],
  ['feed.seed', [0, 4_294_967_295]],
  ['feed.dropRate', [0, 0.5, 1]],
  ['feed.delayMinutes', [0, 1_440]],
  ['strategy', [null]],
  ['broker.cash', [10_000]],
];

const wrong: [string, unknown[]][] = [
  ['version', [0, 2, '1', null]],
  ['data.dataset', ['', 7, 'x'.repeat(201), 'a\nb', 'half \ud800', 'sha256:12', `sha256:${'0F'.repeat(32)}`]],
  ['data.symbols', [[], 'SPY', ['SPY', 'SPY'], ['SPY', 1], symbols(10_001), { 0: 'SPY' }]],
  ['data.from', ['2023-02-29', '2023-1-5', '', 20230105]],
  ['data.interval', ['5x', 5]],
  ['data.fillFrom', [null, symbols(201), ['a', 'a']]],
  ['session.calendar', ['NYSE', null, 1]],
  ['session.start', ['24:00', '9:30', '09:60', 930]],
  ['session.autoRoll', ['true', 1, null]],
  ['session.timeoutSeconds', [-1, 86_401, 0.5]],
  ['session.boundaryCheckSeconds', [0, 86_401]],
  ['session.rollDelayMinutes', [-1, 1_441]],
  ['upkeep.checkIntervalSeconds', [0, 86_401, 1.5]],
  ['upkeep.maxRetries', [-1, 101, 2.5, '5', null, NaN, Infinity]],
  ['upkeep.derivedIntervals', [['5x'], ['0m'], ['5m', '300s'], symbols(17), '5m', null]],
  ['history.trailingDays', [-1, 1_001, 0.1]],
  ['prefetch.windowMinutes', [-1, 1_441]],
  ['prefetch.checkIntervalMinutes', [0, 1_441]],
  ['replay.speed', [0, -1, 1_000_001, 'fast', null, NaN, Infinity]],
  ['feed.seed', [-1, 4_294_967_296, 0.5]],
  ['feed.dropRate', [-0.1, 1.1, '0', -Infinity]],
  ['feed.delayMinutes', [-1, 1_441, 2.5]],
  ['strategy', ['scripted', { params: {} }, []]],
];

function cases(table: typeof right): [string, string, unknown][] {
  const title = (value: unknown) => (typeof value === 'number' ? String(value) : excerpt(JSON.stringify(value)));
  return table.flatMap(([name, values]) =>
    values.map((value): [string, string, unknown] => [name, title(value), value]),
  );
}

describe('each setting', () => {
  it.each(cases(right))('%s takes %s', (name, _, value) => {
    const [group, key] = name.split('.') as ['data', 'dataset' | undefined];
    const config = accepted(only(name, value));
    expect(key === undefined ? config[group] : config[group][key]).toEqual(value);
  });

  it.each(cases(wrong))('%s refuses %s', (name, _, value) => {
    const found = findings(only(name, value));
    expect(found.length).toBeGreaterThan(0);
    for (const finding of found) {
      expect(finding.severity).toBe('error');
      expect(finding.setting.startsWith(name)).toBe(true);
      expect(finding.message.startsWith(finding.setting)).toBe(true);
      expect(finding.message.length).toBeLessThan(400);
    }
  });

  it('turns -0 into 0, which is what a link gives back', () => {
    expect(Object.is(accepted({ feed: { dropRate: -0 } }).feed.dropRate, 0)).toBe(true);
  });
});

describe('messages', () => {
  it.each([
    ['upkeep.maxRetries', -1, 'upkeep.maxRetries was -1; it must be a whole number from 0 to 100'],
    ['feed.dropRate', '0.1', 'feed.dropRate was "0.1"; it must be a number from 0 to 1'],
    ['replay.speed', 0, 'replay.speed was 0; it must be a number above 0 and at most 1000000, or "max"'],
    ['replay.speed', Infinity, 'replay.speed was Infinity; it must be a finite number'],
    [
      'data.from',
      '2023-02-29',
      'data.from was "2023-02-29"; it must be null or a date that exists, written YYYY-MM-DD',
    ],
    [
      'session.autoRoll',
      undefined,
      'session.autoRoll was missing; it must be a text, a number, true, false, null, a list or an object',
    ],
    [
      'upkeep.derivedIntervals',
      ['5m', '5x'],
      'upkeep.derivedIntervals[1] was "5x"; it must be an interval such as 30s, 5m, 1h or 1d',
    ],
    ['data.fillFrom', ['a', 'a'], 'data.fillFrom[1] was "a"; it must be in the list once, and is there as [0] already'],
    [
      'version',
      2,
      'version was 2; this Tapedeck reads version 1, so it is older than the set-up. Take a newer one (the page: reload it), or ask for version 1',
    ],
    ['version', 0, 'version was 0; it must be 1'],
    ['data.interval', '5x', 'data.interval was "5x"; it must be null or an interval such as 30s, 5m, 1h or 1d'],
    ['session.calendar', 'NYSE', `session.calendar was "NYSE"; it must be ${anyOf(calendarNames)}`],
    ['session.hours', 'all', 'session.hours was "all"; it must be "regular", "extended" or "around"'],
    [
      'session.timeZone',
      'New York',
      'session.timeZone was "New York"; it must be null or the name of a time zone such as America/New_York',
    ],
    [
      'session.custom',
      { timeZone: 'UTC', open: '9', close: '17:00' },
      'session.custom.open was "9"; it must be a time from 00:00 to 23:59, written HH:MM',
    ],
    [
      'session.custom',
      'mine',
      'session.custom was "mine"; it must be null or an object { timeZone, weekdays, open, close, breaks, holidays, earlyCloses, specialSessions }',
    ],
    [
      'session.custom',
      { timeZone: 'UTC', open: '09:00', close: '17:00', earlyCloses: { '2024-12-24': '18:00' } },
      'session.custom.earlyCloses.2024-12-24 was "18:00"; it must be between the open 09:00 and the close 17:00',
    ],
    ['broker.fills', 'exact', 'broker.fills was "exact"; it must be "honest" or "parity"'],
    ['broker.margin', 0, 'broker.margin was 0; it must be a number above 0 and at most 1'],
    ['broker.hedging', 1, 'broker.hedging was 1; it must be true or false'],
  ])('%s %j', (name, value, message) => {
    expect(messages(only(name, value))).toEqual([message]);
  });

  it('name what is no object where one must be', () => {
    expect(messages([])).toEqual(['configuration was a list of 0; it must be an object { data, session, … }']);
    expect(messages(null)).toEqual(['configuration was null; it must be an object { data, session, … }']);
    expect(messages({ replay: [60] })).toEqual(['replay was a list of 1; it must be an object { speed }']);
    expect(messages({ feed: () => 1 })[0]).toMatch(/^feed was a function; it must be an object/);
  });

  it('come all at once', () => {
    const input = { upkeep: { maxRetries: -1, enabled: 'yes' }, feed: { seed: 0.5 }, speed: 1 };
    expect(findings(input).map(({ setting }) => setting)).toEqual([
      'speed',
      'upkeep.enabled',
      'upkeep.maxRetries',
      'feed.seed',
    ]);
  });

  it('say of a newer version that it is newer, and not what it has that is not known here', () => {
    expect(messages({ version: 2, live: { feed: 'x' }, data: 7 })).toEqual([
      'version was 2; this Tapedeck reads version 1, so it is older than the set-up. Take a newer one (the page: reload it), or ask for version 1',
    ]);
  });

  it('stop at a hundred and say how many more there are', () => {
    const found = findings({ data: { symbols: Array.from({ length: 500 }, () => 1) } });
    expect(found).toHaveLength(101);
    expect(found[100]!.message).toBe('400 more values of the configuration are wrong');
  });
});

describe('settings that depend on each other', () => {
  it('orders dates', () => {
    const range = (from: string, to: string) => ({ data: { from, to } });
    expect(accepted(range('2013-10-04', '2013-10-04')).data.to).toBe('2013-10-04');
    expect(messages(range('2013-10-05', '2013-10-04'))).toEqual([
      'data.to was "2013-10-04"; it must be data.from (2013-10-05) or later',
    ]);
  });

  it('orders times of the session', () => {
    expect(accepted({ session: { start: '09:30', end: '16:00' } }).session.start).toBe('09:30');
    expect(messages({ session: { start: '16:00', end: '16:00' } })).toEqual([
      'session.end was "16:00"; it must be later than session.start (16:00)',
    ]);
    const night = { calendar: 'CMES', start: '18:00', end: '16:00' };
    expect(accepted({ session: night }).session).toMatchObject(night);
    const elsewhere = { start: '23:00', end: '04:00', timeZone: 'Asia/Tokyo' };
    expect(accepted({ session: elsewhere }).session).toMatchObject(elsewhere);
  });

  it('asks for extended hours only where there are some', () => {
    expect(accepted({ session: { calendar: 'XNAS', hours: 'around' } }).session.hours).toBe('around');
    expect(messages({ session: { calendar: 'XLON', hours: 'extended' } })).toEqual([
      'session.hours was "extended"; it must be "regular", for XLON has no hours before and after',
    ]);
    const custom = { timeZone: 'UTC', open: '09:00', close: '17:00' };
    expect(messages({ session: { custom, hours: 'around' } })).toEqual([
      'session.hours was "around"; it must be "regular", for a calendar of one’s own has no hours before and after',
    ]);
  });
});

describe('unknown keys', () => {
  it.each([
    [{ upkeep: { maxRetry: 1 } }, 'upkeep.maxRetry is not a setting; the nearest is upkeep.maxRetries'],
    [{ upkep: {} }, 'upkep is not a setting; the nearest is upkeep'],
    [{ speed: 1 }, 'speed is not a setting; the nearest is replay.speed'],
    [{ upkeep: { speed: 1 } }, 'upkeep.speed is not a setting; the nearest is replay.speed'],
    [{ history: { trailingDay: 1 } }, 'history.trailingDay is not a setting; the nearest is history.trailingDays'],
    [
      { toString: 1 },
      'toString is not a setting; there are version, data, session, upkeep, history, prefetch, replay, feed, strategy and broker',
    ],
    [{ replay: { x: 1 } }, 'replay.x is not a setting; there is speed'],
    [{ ['x'.repeat(1_000)]: 1 }, /^x{40}… is not a setting; there are \D+$/],
  ])('%j', (input, message) => {
    expect(messages(input)).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)]);
  });

  it.each([
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"data":{"__proto__":{"polluted":1}}}',
    '{"session":{"custom":{"__proto__":{"polluted":1}}}}',
    '{"strategy":{"name":"x","params":{"a":{"constructor":{"prototype":{"polluted":1}}}}}}',
  ])('%s is refused and touches no prototype', (json) => {
    const [message] = messages(JSON.parse(json));
    expect(message).toMatch(/(__proto__|constructor) is not a setting/);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('findings', { timeout: 60_000 }, () => {
  it('are small, whatever they are about, so that they travel', () => {
    const deep = JSON.parse('['.repeat(1_000_000) + ']'.repeat(1_000_000));
    const found = findings({
      session: { custom: deep },
      data: { dataset: 'x'.repeat(1e6) },
      nowhere: [deep],
      feed: deep,
    });
    expect(found.map(({ value }) => value)).toEqual([
      'a list of 1',
      'a list of 1',
      `${'x'.repeat(200)}…`,
      'a list of 1',
    ]);
    expect(JSON.stringify(found).length).toBeLessThan(2_000);
  });
});

describe('copies', () => {
  it('are fresh and share nothing with the input', () => {
    const input = { data: { fillFrom: ['a'], symbols: ['SPY'] } };
    const config = accepted(input);
    input.data.fillFrom.push('b');
    input.data.symbols.length = 0;
    expect(config.data).toMatchObject({ fillFrom: ['a'], symbols: ['SPY'] });
  });

  it('remember which settings were given, equal to the default or not', () => {
    const result = readConfig({ upkeep: { derivedIntervals: ['5m', '15m'] }, strategy: null, feed: {} });
    expect(result.ok && [...result.given]).toEqual(['upkeep.derivedIntervals', 'strategy']);
  });

  it('inherit nothing: only keys of the object itself count', () => {
    expect(accepted(Object.create({ replay: { speed: 1 } })).replay.speed).toBe(60);
  });
});

describe('hostile values', { timeout: 60_000 }, () => {
  it('a million levels deep', () => {
    const deep = JSON.parse('['.repeat(1_000_000) + ']'.repeat(1_000_000));
    expect(messages({ session: { custom: deep } })).toEqual([
      'session.custom[0][0][0][0][0][0] is nested too deep; session.custom may have at most 6 levels',
    ]);
    expect(messages({ data: deep })[0]).toMatch(/^data was a list of 1; it must be an object/);
    expect(messages(deep)).toHaveLength(1);
    expect(messages({ nowhere: deep })).toHaveLength(1);
  });

  it('a value that holds itself', () => {
    const loop: Record<string, unknown> = {};
    loop.again = loop;
    expect(messages({ session: { custom: loop } })[0]).toMatch(/nested too deep/);
  });

  it('wide', () => {
    expect(messages({ session: { custom: Array.from({ length: 120_000 }, () => 0) } })).toEqual([
      'session.custom holds more than 100000 values; it must hold fewer',
    ]);
    const keys = Object.fromEntries(Array.from({ length: 200_000 }, (_, index) => [`k${index}`, 0]));
    expect(findings(keys)).toHaveLength(101);
  });

  it('long', () => {
    expect(messages({ data: { symbols: ['x'.repeat(1_000_000)] } })).toEqual([
      'data.symbols[0] is 1000000 characters long; at most 200 are allowed',
    ]);
    expect(messages({ session: { custom: { ['k'.repeat(201)]: 1 } } })[0]).toMatch(/longer than 200 characters/);
  });

  it('of types that JSON does not have', () => {
    for (const value of [undefined, () => 1, Symbol('s'), 1n]) {
      expect(messages({ data: { dataset: value } })[0]).toMatch(/^data\.dataset was .*; it must be a text, a number/);
    }
  });
});
