import { isVisible, Provenance } from '../bars/provenance.ts';
import { instant, type Instant } from '../time/instant.ts';
import { columnOffset, stateOffset } from './block.ts';
import { Cell, Word } from './layout.ts';
import { mostBars } from './most-bars.ts';
import { readLog } from './log-ring.ts';
import type { LogRecord } from './log.ts';
import { takeAccount, type CurveWindow, type PictureAccount } from './account-picture.ts';
import { runStates, type RunState } from './run-state.ts';
import { startsOf, type View, type Quote, type Tick } from './view.ts';

/** A slot of the charted interval; `session` is a place in `plan.sessions`. */
export interface SlotPlace {
  readonly session: number;
  readonly slot: number;
}

/** The bars that are wanted: those in `[from, until)`, `until` null for the clock, and so many before them. */
export interface BarsWindow {
  readonly from: SlotPlace;
  readonly until: SlotPlace | null;
  readonly before: number;
}

/** What the studio wants to see of a run. */
export interface PictureRequest {
  /** Place of the charted symbol in the plan. */
  readonly symbol: number;
  /** Places of further symbols that are charted. */
  readonly beside?: readonly number[];
  /** Place of the charted interval in the plan; 0 is the base. */
  readonly interval: number;
  /** Left out: all bars up to the clock. */
  readonly window?: BarsWindow;
  /** The log records after this sequence number. */
  readonly logAfter: number;
  /** The stretch of the account's curve that is wanted. Left out: none. */
  readonly curve?: CurveWindow;
}

/** Bars for the chart, oldest first: trailing history and the current session up to the clock. Missing slots are absent. */
export interface PictureBars {
  readonly symbol: number;
  readonly interval: number;
  readonly count: number;
  /** From here on no bar that is in memory was left out. */
  readonly since: SlotPlace;
  /** Place in `plan.sessions` of the bar's session. */
  readonly session: Int32Array;
  /** Slot of the bar in its session's grid of this interval. */
  readonly slot: Int32Array;
  readonly start: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly provenance: Uint8Array;
}

/** One consistent look at a run: made on an animation frame, from the block or by the single-mode worker. Arrays are by symbol. */
export interface Picture {
  readonly runState: RunState;
  /** The last instant played. */
  readonly clock: Instant;
  /** The next instant to play and the wall time (epoch ms) it is due at; NaN while not paced. For a clock that moves between bars. */
  readonly nextInstant: Instant;
  readonly nextDueWall: number;
  /** Multiple of real time; Infinity is "max". */
  readonly speed: number;
  /** The trailing history was loaded. */
  readonly historyLoaded: boolean;
  /** Place in `plan.sessions`. */
  readonly session: number;
  /** Place in `sessionStates`. */
  readonly sessionState: number;
  /** Base slots of this session whose end the clock has reached. */
  readonly slots: number;
  /** Bars expected so far: one a slot, fewer of symbols whose bars are longer than the base. */
  readonly expected: Int32Array;
  /** 1 where the symbol's stream is cancelled. */
  readonly silent: Uint8Array;
  readonly streamed: Int32Array;
  readonly filled: Int32Array;
  /** First, highest, lowest and last price and volume of the session so far; NaN before the first bar. */
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly last: Float64Array;
  readonly volume: Float64Array;
  /** Provenance of base slot i of symbol s at `[i * symbols + s]`, for slots below `slots`. */
  readonly states: Uint8Array;
  readonly bars: PictureBars;
  /** Those of `request.beside`, in its order. */
  readonly beside: readonly PictureBars[];
  /** The latest quote and tick of the charted symbol in the session; null while there is none. */
  readonly quote: Quote | null;
  readonly tick: Tick | null;
  readonly upkeep: {
    readonly ticks: number;
    /** Base slots that upkeep is ahead of the clock. */
    readonly aheadSlots: number;
    /** Microseconds that a base slot took it on average; 0 where that is not measured. */
    readonly slotMicros: number;
    /** Entries of its journal that wait for the clock. */
    readonly journaled: number;
    readonly fills: number;
    readonly attempts: number;
    /** Missing slots of this session that are still being retried, and those given up. */
    readonly open: number;
    readonly givenUp: number;
  };
  readonly prefetch: {
    /** Sessions staged ahead of the current one. */
    readonly ahead: number;
    readonly hits: number;
    readonly misses: number;
    readonly waitedMs: number;
  };
  /** By place in `plan.sessions`: quality of an ended session in percent, all symbols; NaN where it has not ended. */
  readonly sessionQuality: Float64Array;
  /** Null in a run without a strategy. */
  readonly account: PictureAccount | null;
  readonly log: readonly LogRecord[];
}

/**
 * Takes a picture; undefined when the run moved on too fast to get a consistent one, which the next frame mends. Allocates, and
 * costs some 50 µs for 100 symbols.
 */
export function takePicture(view: View, request: PictureRequest): Picture | undefined {
  return view.validated(() => {
    const head = takeHead(view);
    const symbols = takeSymbols(view);
    const { symbol, beside = [], logAfter, curve } = request;
    const account = takeAccount(view, curve);
    const bars = takeBars(view, symbol, request);
    const others = beside.map((other) => takeBars(view, other, request)).filter((each) => each !== undefined);
    if (!head || !symbols || !bars || account === undefined || others.length < beside.length) return undefined;
    const [quote, tick] = [view.latestQuote(symbol), view.latestTick(symbol)];
    return { ...head, ...symbols, bars, beside: others, quote, tick, account, log: readLog(view.block, logAfter) };
  });
}

function takeHead(
  view: View,
): Omit<Picture, 'bars' | 'beside' | 'quote' | 'tick' | 'account' | 'log' | keyof SymbolPicture> | undefined {
  const { block, slots, session } = view;
  const { words, cells } = block;
  return view.steady(Word.metricsRevision, () => ({
    runState: runStates[words[Word.runState]!] ?? 'failed',
    clock: instant(cells[Cell.clock]!),
    nextInstant: instant(cells[Cell.nextInstant]!),
    nextDueWall: cells[Cell.nextDueWall]!,
    speed: words[Word.speedThousandths] === 0 ? Infinity : words[Word.speedThousandths]! / 1_000,
    historyLoaded: words[Word.historyLoaded] === 1,
    session,
    sessionState: words[Word.sessionState]!,
    slots,
    upkeep: {
      ticks: words[Word.ticks]!,
      aheadSlots: Math.max(0, words[Word.journaled]! - view.frame.firstTick - slots),
      slotMicros: words[Word.upkeepBeat] === 0 ? 0 : (words[Word.upkeepMicros]! >>> 0) / words[Word.upkeepBeat]!,
      journaled: Math.max(0, words[Word.journalHead]! - words[Word.journalTail]!),
      fills: words[Word.fills]!,
      attempts: words[Word.attempts]!,
      open: words[Word.openGaps]!,
      givenUp: words[Word.givenUp]!,
    },
    prefetch: {
      ahead: Math.max(0, words[Word.staged]! - session - 1),
      hits: words[Word.prefetchHits]!,
      misses: words[Word.prefetchMisses]!,
      waitedMs: cells[Cell.waitedMs]!,
    },
  }));
}

type SymbolPicture = Pick<
  Picture,
  | 'expected'
  | 'silent'
  | 'streamed'
  | 'filled'
  | 'open'
  | 'high'
  | 'low'
  | 'last'
  | 'volume'
  | 'states'
  | 'sessionQuality'
>;

/** What is by symbol, each symbol consistent in itself. */
function takeSymbols(view: View): SymbolPicture | undefined {
  const { block, slots, session } = view;
  const { symbols } = block;
  const base = block.slabs[0]!;
  const from = stateOffset(base, session);
  const states = base.states.slice(from, from + slots * symbols);
  for (let i = 0; i < states.length; i++)
    if (block.deaf[i] === 1) states[i] = Provenance.notExpected;
    else if (!isVisible(states[i]!)) states[i] = Provenance.empty;
  const expected = new Int32Array(symbols).fill(slots);
  view.frame.own?.forEach((own, s) => {
    for (let slot = 0; own && slot < slots; slot++) {
      if (own.expected[slot] === 1) continue;
      states[slot * symbols + s] = Provenance.notExpected;
      expected[s]!--;
    }
  });
  const picture = {
    expected: expected.slice(),
    silent: new Uint8Array(symbols),
    streamed: new Int32Array(symbols),
    filled: new Int32Array(symbols),
    open: new Float64Array(symbols),
    high: new Float64Array(symbols),
    low: new Float64Array(symbols),
    last: new Float64Array(symbols),
    volume: new Float64Array(symbols),
    states,
    sessionQuality: new Float64Array(block.sessionQuality.length),
  };
  for (let s = 0; s < symbols; s++) {
    const done = view.steady(Word.metricsRevision, () => {
      picture.expected[s] = expected[s]! - block.unheard[s]!;
      picture.silent[s] = block.silent[s]!;
      picture.filled[s] = block.filled[s]!;
      picture.streamed[s] = block.counts[s]! - block.filled[s]! - block.madeUp[s]!;
      picture.open[s] = block.sessionOpen[s]!;
      picture.high[s] = block.sessionHigh[s]!;
      picture.low[s] = block.sessionLow[s]!;
      picture.last[s] = block.sessionLast[s]!;
      picture.volume[s] = block.sessionVolume[s]!;
      return true;
    });
    if (!done) return undefined;
  }
  const done = view.steady(Word.metricsRevision, () => {
    picture.sessionQuality.set(block.sessionQuality);
    return true;
  });
  return done ? picture : undefined;
}

/** Bars that are read between two looks at the counter of mended bars. */
const barsAtOnce = 64;

/** Session and slot of each bar of the window that is there, latest first. */
function placesOf(
  view: View,
  symbol: number,
  { interval, window }: PictureRequest,
): { readonly places: readonly number[]; readonly since: SlotPlace } {
  const oldest = view.oldestSession(interval);
  const latest = Math.min(view.session, window?.until?.session ?? Infinity);
  // A window that begins after the clock is of a look before the run went back.
  const from = window && window.from.session <= view.session ? window.from : { session: oldest, slot: 0 };
  const places: number[] = [];
  let before = window?.before ?? 0;
  for (let session = latest; session >= oldest; session--) {
    const slots =
      session === view.session ? view.visibleSlots(interval) : view.timeline.frame(session).grids[interval]!.count;
    const limit = session === window?.until?.session ? Math.min(slots, window.until.slot) : slots;
    for (let slot = limit - 1; slot >= 0; slot--) {
      const isBefore = session < from.session || (session === from.session && slot < from.slot);
      const isEnough = places.length === 2 * mostBars || (isBefore && before === 0);
      if (isEnough) return { places, since: { session, slot: slot + 1 } };
      if (!view.provenance(symbol, interval, session, slot)) continue;
      places.push(session, slot);
      if (isBefore) before--;
    }
  }
  return { places, since: { session: oldest, slot: 0 } };
}

function takeBars(view: View, symbol: number, request: PictureRequest): PictureBars | undefined {
  const { block, timeline } = view;
  const { interval } = request;
  const slabs = block.slabs[interval]!;
  const { places, since } = placesOf(view, symbol, request);
  const count = places.length / 2;
  const bars = {
    symbol,
    interval,
    count,
    since,
    session: new Int32Array(count),
    slot: new Int32Array(count),
    start: new Float64Array(count),
    open: new Float64Array(count),
    high: new Float64Array(count),
    low: new Float64Array(count),
    close: new Float64Array(count),
    volume: new Float64Array(count),
    provenance: new Uint8Array(count),
  };
  for (let first = 0; first < count; first += barsAtOnce) {
    const done = view.steady(Word.mendRevision, () => {
      for (let i = first; i < Math.min(first + barsAtOnce, count); i++) {
        const session = places[(count - 1 - i) * 2]!;
        const slot = places[(count - 1 - i) * 2 + 1]!;
        const place = columnOffset(slabs, block.symbols, session, symbol) + slot;
        bars.session[i] = session;
        bars.slot[i] = slot;
        bars.start[i] = startsOf(timeline.frame(session), symbol, interval)[slot]!;
        bars.open[i] = slabs.open[place]!;
        bars.high[i] = slabs.high[place]!;
        bars.low[i] = slabs.low[place]!;
        bars.close[i] = slabs.close[place]!;
        bars.volume[i] = slabs.volume[place]!;
        bars.provenance[i] = view.provenance(symbol, interval, session, slot);
      }
      return true;
    });
    if (!done) return undefined;
  }
  return bars;
}
