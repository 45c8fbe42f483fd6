import { intervalMs } from '../bars/interval.ts';
import { calendarNames } from '../time/calendar.ts';
import type { CustomCalendar } from '../time/custom-calendar.ts';
import { weekdayNames } from '../time/custom-calendar.ts';
import type { JsonObject, Kind } from './kinds.ts';
import {
  byDate,
  choice,
  datasetName,
  dayText,
  either,
  endText,
  flag,
  hashText,
  intervalText,
  jsonObject,
  list,
  momentText,
  number,
  orNull,
  positive,
  record,
  text,
  timeText,
  whole,
  zoneText,
} from './kinds.ts';

/** One setting: the check, the form's field and the line in the documentation all come from here. */
export interface Setting<T> {
  readonly kind: Kind<T>;
  readonly default: T;
  /** One sentence. */
  readonly help: string;
  /** Of numbers: what they count. */
  readonly unit?: string;
}

function setting<T>(
  kind: Kind<T>,
  initial: NoInfer<T>,
  help: string,
  more: { readonly unit?: string } = {},
): Setting<T> {
  return { kind, default: initial, help, ...more };
}

const rate = number(0, 1);
const minutesOfDay = whole(0, 1_440);
const secondsOfDay = whole(0, 86_400);
const intervals = list(intervalText, 'intervals', [0, 16], intervalMs);

/** A strategy by its name: of the shelf, or with the hash of its code one's own, whose text is never part of a configuration. */
export interface StrategyChoice {
  readonly name: string;
  readonly params: JsonObject;
  readonly code?: string;
}
const strategyChoice = record(
  { name: text, params: jsonObject, code: hashText as Kind<string | undefined> },
  { params: {}, code: undefined },
) as Kind<StrategyChoice>;

const customCalendar: Kind<CustomCalendar> = record(
  {
    timeZone: zoneText,
    weekdays: list(choice(...weekdayNames), 'weekdays', [1, 7]),
    open: timeText,
    close: endText,
    breaks: list(record({ from: timeText, to: timeText }), 'breaks', [0, 16], ({ from, to }) => `${from} ${to}`),
    holidays: list(dayText, 'dates', [0, 5_000]),
    earlyCloses: byDate(timeText, 5_000),
    specialSessions: byDate(record({ open: timeText, close: endText }), 5_000),
  },
  {
    weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'],
    breaks: [],
    holidays: [],
    earlyCloses: {},
    specialSessions: {},
  },
);

/** Every setting, by group, in the order of the contract, those beyond it behind their group’s. The only place that knows them. */
export const groups = {
  version: setting(choice(1), 1, 'The version of this format.'),
  data: {
    dataset: setting(orNull(datasetName), null, 'The dataset that is played.'),
    symbols: setting(orNull(list(text, 'symbols', [1, 10_000])), null, 'The symbols that are played, in this order.'),
    from: setting(orNull(dayText), null, 'The first session, included.'),
    to: setting(orNull(dayText), null, 'The last session, included.'),
    interval: setting(orNull(intervalText), null, 'The base interval; left empty, the interval of the data.'),
    fillFrom: setting(
      list(datasetName, 'datasets', [0, 200]),
      [],
      'Datasets that gaps are filled from, in this order.',
    ),
    streams: setting(
      orNull(
        list(
          record({
            dataset: datasetName,
            symbol: text,
            kind: choice('bars', 'quotes', 'ticks'),
            interval: orNull(intervalText),
          }),
          'streams',
          [1, 10_000],
        ),
      ),
      null,
      'What is played, stream by stream, where datasets and intervals differ.',
    ),
    adjust: setting(
      orNull(choice('splits', 'splits and dividends')),
      null,
      'Whether prices before splits and dividends are those of the last session; left empty, bars are played as they were traded.',
    ),
  },
  session: {
    calendar: setting(
      choice(...calendarNames),
      'XNYS',
      'The calendar that gives the sessions: days, opens, closes and breaks.',
    ),
    start: setting(
      orNull(timeText),
      null,
      'The wall time at which sessions open; left empty, the calendar’s own open.',
    ),
    end: setting(
      orNull(timeText),
      null,
      'The wall time at which sessions close, never past an early close; left empty, the calendar’s.',
    ),
    timeZone: setting(orNull(zoneText), null, 'The zone of the wall times; left empty, the zone of the calendar.'),
    hours: setting(
      choice('regular', 'extended', 'around'),
      'regular',
      'Regular hours; with pre-market and after hours as part of the session; or with those around the active session.',
    ),
    custom: setting(orNull(customCalendar), null, 'A calendar of one’s own, instead of the one that is chosen.'),
    autoRoll: setting(flag, true, 'Whether the next session follows by itself.'),
    timeoutSeconds: setting(secondsOfDay, 300, 'How long an open without bars may last before the session times out.', {
      unit: 'seconds',
    }),
    boundaryCheckSeconds: setting(whole(1, 86_400), 60, 'How often the end of a session is checked for.', {
      unit: 'seconds',
    }),
    rollDelayMinutes: setting(minutesOfDay, 30, 'How long after the close the next session is rolled to.', {
      unit: 'minutes',
    }),
  },
  upkeep: {
    enabled: setting(flag, true, 'Whether gaps are looked for, filled and measured while the data plays.'),
    checkIntervalSeconds: setting(whole(1, 86_400), 60, 'How often upkeep checks, in session time.', {
      unit: 'seconds',
    }),
    retryMissingBars: setting(flag, true, 'Whether a gap that could not be filled is tried again.'),
    maxRetries: setting(whole(0, 100), 5, 'How often a gap is tried again before it is given up.', {
      unit: 'attempts',
    }),
    derivedIntervals: setting(intervals, ['5m', '15m'], 'The intervals that are computed from the base bars.'),
    autoComputeDerived: setting(flag, true, 'Whether derived bars are computed while the data plays.'),
    carryLastPrice: setting(flag, false, 'Whether a gap without a source is filled with the last price.'),
  },
  history: {
    enabled: setting(flag, true, 'Whether sessions before the current one are kept in memory.'),
    trailingDays: setting(whole(0, 1_000), 5, 'How many earlier sessions are kept.', { unit: 'sessions' }),
    intervals: setting(intervals, ['1m', '5m'], 'The intervals that earlier sessions are kept in.'),
    windows: setting(
      orNull(list(record({ interval: intervalText, sessions: whole(0, 1_000) }), 'windows', [0, 16])),
      null,
      'How many earlier sessions are kept, interval by interval; an interval that is not derived yet is.',
    ),
    autoLoad: setting(flag, true, 'Whether earlier sessions are loaded at the start.'),
  },
  prefetch: {
    enabled: setting(flag, true, 'Whether the next session is loaded before the current one ends.'),
    windowMinutes: setting(minutesOfDay, 60, 'How long before the close loading begins.', { unit: 'minutes' }),
    checkIntervalMinutes: setting(whole(1, 1_440), 5, 'How often it is checked whether loading should begin.', {
      unit: 'minutes',
    }),
    autoActivate: setting(flag, true, 'Whether a loaded session starts by itself.'),
  },
  replay: {
    speed: setting(either(positive(1_000_000), choice('max')), 60, 'How much faster than real time the data plays.', {
      unit: 'times real time',
    }),
  },
  feed: {
    seed: setting(whole(0, 4_294_967_295), 1, 'Decides which bars the faults below hit.'),
    dropRate: setting(rate, 0, 'The share of bars that never arrive.'),
    delayRate: setting(rate, 0, 'The share of bars that arrive late.'),
    duplicateRate: setting(rate, 0, 'The share of bars that arrive twice.'),
    reorderRate: setting(rate, 0, 'The share of bars that arrive after their successor.'),
    corruptRate: setting(rate, 0, 'The share of bars that arrive with impossible values.'),
    delayMinutes: setting(minutesOfDay, 3, 'How late a late bar is.', { unit: 'minutes' }),
    outages: setting(
      list(
        record({ symbol: orNull(text), from: momentText, to: momentText }),
        'outages',
        [0, 1_000],
        (outage) => `${outage.from} ${outage.to} ${outage.symbol}`,
      ),
      [],
      'Times at which nothing arrives, for one symbol or for all.',
    ),
  },
  strategy: setting(orNull(strategyChoice), null, 'The strategy that trades.'),
  broker: {
    fills: setting(
      choice('honest', 'parity'),
      'honest',
      'How orders are filled: honestly, or as backtesting.py 0.6.6 does, its peculiarities included.',
    ),
    cash: setting(positive(1e12), 10_000, 'The cash at the start.'),
    margin: setting(positive(1), 1, 'The share of a position that must be covered.'),
    commission: setting(
      either(
        number(-0.1, 0.1),
        record(
          { fixed: number(0, 1e6), rate: number(-0.1, 0.1), perShare: number(0, 1e6), minimum: number(0, 1e6) },
          { fixed: 0, rate: 0, perShare: 0, minimum: 0 },
        ),
      ),
      0,
      'What a fill costs: a share of its value, or a tariff.',
    ),
    spread: setting(rate, 0, 'The distance of bid and ask as a share of the price.'),
    slippage: setting(
      either(
        rate,
        record(
          {
            fixed: number(0, 1e6),
            rate,
            range: number(0, 10),
            volumeLimit: rate,
            volumeImpact: number(0, 100),
          },
          { fixed: 0, rate: 0, range: 0, volumeLimit: 0, volumeImpact: 0 },
        ),
      ),
      0,
      'By how much fills are worse than the price: a share of it, or models that add up.',
    ),
    tradeOnClose: setting(flag, false, 'Whether orders fill at the close of the bar instead of the next open.'),
    hedging: setting(flag, false, 'Whether long and short positions may be held at once.'),
    exclusiveOrders: setting(flag, false, 'Whether a new order closes the position before it.'),
    finalizeTrades: setting(flag, false, 'Whether open trades are closed at the end.'),
  },
} as const;

type ValueOf<S> = S extends Setting<infer T> ? T : { readonly [K in keyof S]: ValueOf<S[K]> };

/** A complete configuration. Its keys stand in the order of the contract. */
export type Config = ValueOf<typeof groups>;

/** A setting with its place; a group is null for settings that stand by themselves. */
export interface SettingRow extends Setting<unknown> {
  /** `group.key`, or the key alone. */
  readonly name: string;
  readonly group: string | null;
  readonly key: string;
}

/** Every setting, in the order of the contract. */
export const settings: readonly SettingRow[] = Object.entries(groups).flatMap(([name, entry]): SettingRow[] => {
  if (isSetting(entry)) return [{ ...entry, name, group: null, key: name }];
  const members: [string, Setting<unknown>][] = Object.entries(entry);
  return members.map(([key, member]) => ({ ...member, name: `${name}.${key}`, group: name, key }));
});

function isSetting(entry: object): entry is Setting<unknown> {
  return 'kind' in entry;
}

/** The configuration whose settings have the values that `valueOf` gives; in the order of the contract. */
export function buildConfig(valueOf: (row: SettingRow) => unknown): Config {
  const config: Record<string, unknown> = {};
  for (const row of settings) {
    const holder = row.group === null ? config : ((config[row.group] ??= {}) as Record<string, unknown>);
    holder[row.key] = valueOf(row);
  }
  return config as unknown as Config;
}

/** The value of a setting. */
export function valueOf(config: Config, row: SettingRow): unknown {
  const holder: object = row.group === null ? config : config[row.group as 'data'];
  return holder[row.key as never];
}

/** A fresh configuration in which everything has its default. */
export function defaultConfig(): Config {
  return buildConfig((row) => structuredCopy(row.default));
}

/** Defaults are scalars and lists of scalars. */
function structuredCopy(value: unknown): unknown {
  return Array.isArray(value) ? [...value] : value;
}
