import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { number, whole, type Kind } from '../../src/config/kinds.ts';
import { findingOf } from '../../src/config/explain.ts';
import { groups, settings } from '../../src/config/schema.ts';

const { data, feed, history, strategy, broker, session } = groups;

function takes(kind: Kind<unknown>, value: unknown): boolean {
  return v.safeParse(kind.schema, value).success;
}

/** The messages of a setting's check. */
function messages(name: string, value: unknown): string[] {
  const row = settings.find((one) => one.name === name)!;
  const { issues = [] } = v.safeParse(row.kind.schema, value, { abortPipeEarly: true });
  return issues.map((issue) => findingOf(row, issue).message);
}

describe('settings that are more than a value', () => {
  it('streams', () => {
    const stream = { dataset: 'SPY', symbol: 'SPY', kind: 'bars', interval: '1m' };
    expect(takes(data.streams.kind, [stream, { ...stream, kind: 'ticks', interval: null }])).toBe(true);
    expect(messages('data.streams', [{ ...stream, kind: 'candles' }])).toEqual([
      'data.streams[0].kind was "candles"; it must be "bars", "quotes" or "ticks"',
    ]);
  });

  it('a list is no tariff', () => {
    expect(takes(broker.commission.kind, {})).toBe(true);
    expect(takes(broker.commission.kind, [])).toBe(false);
    expect(messages('broker.slippage', [])).toEqual([
      expect.stringMatching(/^broker\.slippage was a list of 0; it must be /),
    ]);
  });

  it('outages', () => {
    const outage = { symbol: null, from: '2013-10-07T14:00:00Z', to: '2013-10-07T15:00:00Z' };
    expect(takes(feed.outages.kind, [outage, { ...outage, symbol: 'SPY' }])).toBe(true);
    expect(takes(feed.outages.kind, [outage, outage])).toBe(false);
    expect(takes(feed.outages.kind, [{ ...outage, from: '2013-10-07 14:00' }])).toBe(false);
    expect(takes(feed.outages.kind, [{ ...outage, from: '2013-13-07T14:00:00Z' }])).toBe(false);
  });

  it('history windows', () => {
    expect(takes(history.windows.kind, [{ interval: '1d', sessions: 200 }])).toBe(true);
    expect(takes(history.windows.kind, [{ interval: '1d', sessions: -1 }])).toBe(false);
  });

  it('strategies name what is missing and what is unknown', () => {
    expect(takes(strategy.kind, { name: 'scripted', params: { orders: [{ bar: 1, op: 'buy' }] } })).toBe(true);
    expect(v.parse(strategy.kind.schema, { name: 'buy and hold' })).toEqual({ name: 'buy and hold', params: {} });
    expect(messages('strategy', { params: {} })).toEqual([
      'strategy.name was missing; it must be a text of 1 to 200 printable characters',
    ]);
    expect(messages('strategy', { name: 'x', params: {}, parms: {}, nme: 1 })).toEqual([
      'strategy.parms is not a setting; the nearest is params',
      'strategy.nme is not a setting; the nearest is name',
    ]);
    expect(messages('strategy', 5)).toEqual(['strategy was 5; it must be null or an object { name, params, code }']);
  });

  it('numbers without bounds are any but infinities', () => {
    expect([number(), number(2), number(undefined, 2), whole(-1)].map(({ must }) => must)).toEqual([
      'a number',
      'a number from 2 on',
      'a number up to 2',
      'a whole number from -1 on',
    ]);
    expect([1e300, -1e300, 0.5].map((value) => takes(number(), value))).toEqual([true, true, true]);
    expect([Infinity, NaN, '1'].map((value) => takes(number(), value))).toEqual([false, false, false]);
    expect([takes(number(2), 1), takes(number(undefined, 2), 3), takes(whole(), 1.5)]).toEqual([false, false, false]);
  });

  it('tariffs', () => {
    expect(v.parse(broker.commission.kind.schema, { minimum: 1 })).toEqual({
      fixed: 0,
      rate: 0,
      perShare: 0,
      minimum: 1,
    });
    expect(takes(broker.commission.kind, -0.1)).toBe(true);
    expect(takes(broker.commission.kind, 0.2)).toBe(false);
    expect(messages('broker.commission', { rate: 0.01, flat: 1, minimum: -1 })).toEqual([
      'broker.commission.minimum was -1; it must be a number from 0 to 1000000',
      'broker.commission.flat is not a setting; there are fixed, rate, perShare and minimum',
    ]);
    expect(v.parse(broker.slippage.kind.schema, { range: 0.1 })).toEqual({
      fixed: 0,
      rate: 0,
      range: 0.1,
      volumeLimit: 0,
      volumeImpact: 0,
    });
    expect(takes(broker.slippage.kind, -0.1)).toBe(false);
  });
});

it('custom calendars are completed', () => {
  const { kind } = session.custom;
  const least = { timeZone: 'Europe/Berlin', open: '09:00', close: '24:00' };
  expect(v.parse(kind.schema, least)).toEqual({
    ...least,
    weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
    breaks: [],
    holidays: [],
    earlyCloses: {},
    specialSessions: {},
  });
  expect(takes(kind, null)).toBe(true);
  expect(takes(kind, [])).toBe(false);
  expect(takes(kind, { ...least, weekdays: ['Sat', 'Sun'], holidays: ['2024-12-25'] })).toBe(true);
  expect(messages('session.custom', { ...least, timeZone: 'Berlin', weekdays: ['Monday'], hollidays: [] })).toEqual([
    'session.custom.timeZone was "Berlin"; it must be the name of a time zone such as America/New_York',
    'session.custom.weekdays[0] was "Monday"; it must be "Sun", "Mon", "Tue", "Wed", "Thu", "Fri" or "Sat"',
    'session.custom.hollidays is not a setting; the nearest is holidays',
  ]);
  expect(messages('session.custom', { ...least, earlyCloses: { '24 December': '13:00' } })).toEqual([
    'session.custom.earlyCloses.24 December was "24 December"; it must be a date that exists, written YYYY-MM-DD',
  ]);
  expect(messages('session.custom', { ...least, specialSessions: { '2024-12-28': '13:00' } })).toEqual([
    'session.custom.specialSessions.2024-12-28 was "13:00"; it must be an object { open, close }',
  ]);
  expect(messages('session.custom', { timeZone: 'UTC', open: '09:00' })).toEqual([
    'session.custom.close was missing; it must be a time from 00:00 to 24:00, written HH:MM',
  ]);
});
