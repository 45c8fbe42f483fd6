import type { HookName } from './hooks.ts';

/** Something that own code can use, as the editor tells of it. */
export interface ApiEntry {
  readonly name: string;
  /** Its type, as TypeScript writes it. */
  readonly type: string;
  readonly help: string;
}

const entry = (name: string, type: string, help: string): ApiEntry => ({ name, type, help });

/** The hooks: functions of these names that a text has, in the order in which they are called. */
export const hookEntries: readonly (ApiEntry & { readonly name: HookName })[] = [
  { name: 'start', type: '(desk) => void', help: 'Once, before everything.' },
  { name: 'sessionOpen', type: '(desk) => void', help: 'A session opens; also those of the history before the run.' },
  {
    name: 'order',
    type: '(desk, { order, symbol, bar, reason }) => void',
    help: 'An order went: filled, cancelled, or refused; reason says why.',
  },
  {
    name: 'trade',
    type: '(desk, trade) => void',
    help: 'A trade closed, or a part of one: symbol, size, entryPrice, exitPrice, pnl, …',
  },
  {
    name: 'lateBar',
    type: '(desk, symbol: number) => void',
    help: 'A bar came for a slot that has passed; the desk is turned to it.',
  },
  {
    name: 'bar',
    type: '(desk, symbol: number) => void',
    help: 'A bar of a symbol has ended; the desk is turned to it. Orders count from the next bar on.',
  },
  {
    name: 'instant',
    type: '(desk) => void',
    help: 'At the end of every slot of the session, after all bars, with a bar or without.',
  },
  { name: 'sessionClose', type: '(desk) => void', help: 'The session has no further slot.' },
  { name: 'end', type: '(desk) => void', help: 'Once, after the last session.' },
];

/** What the desk shows and does. */
export const deskEntries: readonly ApiEntry[] = [
  entry('open', 'number', 'Open of the bar that the desk is turned to.'),
  entry('high', 'number', 'High of the bar.'),
  entry('low', 'number', 'Low of the bar.'),
  entry('close', 'number', 'Close of the bar.'),
  entry('volume', 'number', 'Volume of the bar.'),
  entry('start', 'number', 'When the bar began, epoch milliseconds.'),
  entry('end', 'number', 'When the bar ended, epoch milliseconds.'),
  entry('came', 'string', 'How the bar came: streamed, filled, made up or repaired.'),
  entry('now', 'number', 'The instant that plays, epoch milliseconds.'),
  entry('sinceOpen', 'number', 'Milliseconds of open time from the open to the end of the bar.'),
  entry('untilClose', 'number', 'Milliseconds of open time from the end of the bar to the close.'),
  entry(
    'session',
    '{ date, open, close, early }',
    'The session: its date, times in epoch milliseconds, and whether it closes early.',
  ),
  entry('symbols', 'readonly string[]', 'Names of the symbols of the run; a symbol is a place in it.'),
  entry('isHistory', 'boolean', 'The bars that go by are those of the history; orders come to nothing.'),
  entry('barCount', 'number', 'Bars so far: instants at which a bar of any symbol ended.'),
  entry('hasBar', '(symbol = 0) => boolean', 'Whether the symbol has a bar at this instant.'),
  entry(
    'last',
    '(symbol = 0) => number',
    'The close of the latest bar that came in its time, not of a late one; NaN before the first.',
  ),
  entry(
    'bars',
    '(symbol = 0, count = 1, interval?: string) => Bar[]',
    'The last bars, oldest first, back into the history; interval is one of the run, such as "5m". A Bar has start, open, high, low, close, volume, came.',
  ),
  entry(
    'barsSince',
    '(symbol: number, since: number, interval?: string) => Bar[]',
    'The bars of the session that start at or after a time, oldest first.',
  ),
  entry('metrics', '(symbol = 0) => { open, high, low, last, volume, bars }', 'The session of a symbol so far.'),
  entry(
    'quotes',
    '(symbol = 0, count = 1) => Quote[]',
    'The last quotes, oldest first: time, bid, ask, bidSize, askSize.',
  ),
  entry('ticks', '(symbol = 0, count = 1) => Tick[]', 'The last ticks, oldest first: time, price, size.'),
  entry('cash', 'number', 'The cash of the account.'),
  entry('equity', 'number', 'What the account is worth.'),
  entry('position', '(symbol = 0) => number', 'Units held; negative for a short position.'),
  entry('trades', 'Trade[]', 'The open trades, oldest first: id, symbol, size, entryBar, entryPrice, sl, tp.'),
  entry('orderCount', 'number', 'Orders that wait.'),
  entry(
    'mayOrder',
    '(symbol = 0) => boolean',
    'Whether orders count: the run has begun, and the symbol had warmUpBars bars.',
  ),
  entry(
    'buy',
    '(symbol = 0, terms?: Terms) => number',
    'Orders to buy; gives the number of the order. Terms: size, limit, stop, sl, tp, good ("session" or "cancelled"), at ("open" or "close"), oneOf. A size is units, a share below 1, or { units }, { cash }, { equity }, { risk }.',
  ),
  entry('sell', '(symbol = 0, terms?: Terms) => number', 'Orders to sell, as buy does.'),
  entry(
    'closePosition',
    '(symbol = 0, portion = 1) => void',
    'Closes a portion of every trade of a symbol, at the market.',
  ),
  entry(
    'closeOldest',
    '(symbol = 0, portion = 1) => void',
    'Closes a portion of the oldest trade of a symbol, at the market.',
  ),
  entry(
    'protect',
    '(trade: number, sl: number, tp: number) => void',
    'Gives an open trade, by its id, another stop-loss and take-profit; NaN for none.',
  ),
  entry('cancel', '(order: number) => void', 'Cancels an order.'),
  entry('cancelEntries', '(symbol = 0) => void', 'Cancels every order of a symbol that would open a trade.'),
];

const value = 'value is NaN until there are enough bars.';
/** The indicators: `new Name(…)` once, and `push(…)` for each bar. */
export const indicatorEntries: readonly ApiEntry[] = [
  entry('SimpleAverage', 'new (length); push(value) => number', `Simple moving average; ${value}`),
  entry('ExponentialAverage', 'new (length); push(value) => number', `Exponential moving average; ${value}`),
  entry('WeightedAverage', 'new (length); push(value) => number', `Weighted moving average; ${value}`),
  entry('WilderAverage', 'new (length); push(value) => number', `Wilder's average; ${value}`),
  entry('RelativeStrength', 'new (length = 14); push(close) => number', `Relative strength index; ${value}`),
  entry(
    'ConvergenceDivergence',
    'new (short = 12, long = 26, signal = 9); push(close) => number',
    'MACD: value, signal, histogram.',
  ),
  entry('AverageTrueRange', 'new (length = 14); push(high, low, close) => number', `Average true range; ${value}`),
  entry('TrueRange', 'new (); push(high, low, close) => number', 'True range of a bar.'),
  entry(
    'DirectionalMovement',
    'new (length = 14); push(high, low, close) => number',
    'Average directional index: value, plus, minus.',
  ),
  entry('BollingerBands', 'new (length = 20, factor = 2); push(close) => number', 'value, upper, lower, width, place.'),
  entry(
    'KeltnerChannel',
    'new (length = 20, rangeLength = 10, factor = 2); push(high, low, close) => number',
    'value, upper, lower.',
  ),
  entry('DonchianChannel', 'new (length = 20); push(high, low) => number', 'value, upper, lower.'),
  entry(
    'Stochastic',
    'new (length = 14, signal = 3, slowing = 1); push(high, low, close) => number',
    'value (%K), signal (%D).',
  ),
  entry('CommodityChannel', 'new (length = 20); push(high, low, close) => number', `Commodity channel index; ${value}`),
  entry('MoneyFlow', 'new (length = 14); push(high, low, close, volume) => number', `Money flow index; ${value}`),
  entry('OnBalanceVolume', 'new (); push(close, volume) => number', 'On-balance volume.'),
  entry(
    'SessionVwap',
    'new (); begin() at the open; push(high, low, close, volume) => number',
    'Volume-weighted average price of the session.',
  ),
  entry(
    'RollingVwap',
    'new (length = 14); push(high, low, close, volume) => number',
    `Volume-weighted average price of the last bars; ${value}`,
  ),
  entry('RateOfChange', 'new (length = 12); push(value) => number', `Rate of change; ${value}`),
  entry('Deviation', 'new (length, of = "population"); push(value) => number', 'Standard deviation: value, mean.'),
  entry(
    'StandardScore',
    'new (length, of = "population"); push(value) => number',
    `Distance from the mean in standard deviations; ${value}`,
  ),
  entry(
    'RollingExtreme',
    'new (length, side: 1 | -1); push(value) => number',
    'The highest (1) or lowest (-1) of the last values.',
  ),
  entry('RollingSum', 'new (length); push(value) => number', 'The sum of the last values.'),
  entry(
    'OpeningRange',
    'new (durationMs); begin(open) at the open; push(end, high, low)',
    'The range of the first minutes: high, low.',
  ),
  entry(
    'PreviousLevels',
    'new (); begin() at the open; push(high, low, close)',
    'Levels of the session before: high, low, close.',
  ),
];
