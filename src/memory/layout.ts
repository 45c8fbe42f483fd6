/**
 * The layout of the shared block: where everything is, derived from a few numbers, the same in every worker.
 *
 * Roles. Everything that a reader may see has one writer, the **coordinator**. **Upkeep** writes its journal ring and its own
 * words; the **library** lays out sessions that nobody may see yet (columns, state bytes `staged` and candidates, their
 * digests and counts) and its own words; the **page** writes the command ring. Anybody reads.
 *
 * Publication. One instant at a time: the coordinator writes states, metrics and derived bars plainly, then stores the
 * session's slot count. A reader loads it and reads only base slots below it and derived bars whose bucket ended there. The
 * load reads from the store, so what was written before happens before what is read: no race, nothing torn, on any processor.
 * A published base slot is not written again in that slab generation, with two exceptions. Its state byte may change (a fill, a
 * late bar): a byte cannot tear, and its numbers were in place before the session was handed over. And a bar may be made up
 * for it, within `mendRevision`. Counts may be ahead of the slot count; a view beside the writer looks at states instead.
 *
 * What changes in place is bracketed by a counter that is odd while it changes, moved and looked at by read-modify-writes:
 *  - `epoch`: the session rolls, slabs change their meaning;
 *  - `metricsRevision`: session metrics and clock;
 *  - `mendRevision`: a late base bar changes derived bars that were there already; a bar is made up for a slot that has passed;
 *  - `accountRevision`: the figures and positions of the account.
 * Each read-modify-write reads from the one before, so they are one chain. A reader whose two looks found the same even value
 * has its first look after the end of one change and its second before the beginning of the next: its reads are ordered against
 * every write. With loads there is no edge from the reader to the writer, and in JavaScript such a check proves nothing.
 *
 * The account is valued after the instant is shown, so its curve has a count of its own, `valued`, which publishes it as the slot
 * count does bars. Where the run has no strategy there is no room for it.
 *
 * Recycling. A slab ring of an interval is `history + 1 + ahead` deep (ahead is 0 for derived intervals, which the coordinator
 * alone writes). The library lays session k out only when `k <= session + ahead`, after it saw the roll. A reader who relies on
 * the recycled slab looked at the epoch before the coordinator moved it, hence before the session that the library saw, hence
 * before the library writes; whoever looks later fails the check.
 *
 * Rings with one writer and one reader (journal, commands, flow) hand records over by a stored head and room by a stored tail;
 * rings that are overwritten (log, quotes, ticks) count what is written, and a reader looks at the count before and after.
 *
 * All of it is written once, in protocol.ts, over the small interface of words.ts. Tests run that very code through all
 * interleavings of its atomic operations on a model that knows what happens before what, with seeded mistakes that must be found
 * (test/memory/explore.test.ts), and on real threads in three engines beside a control that tears (the tests named stress).
 *
 * Staleness. A reader may be any time behind; it is never inconsistent: it either validates or reads again.
 *
 * The block is never reused: a new run gets a new one, so a worker that will not die writes into the old one.
 */

/** Words of the header, grouped by writer so that no two share a cache line. */
export const Word = {
  // Written once before the workers start.
  magic: 0,
  layoutVersion: 1,
  /** The first session that is laid out. */
  origin: 2,
  // Coordinator.
  epoch: 16,
  session: 17,
  slots: 18,
  runState: 19,
  sessionState: 20,
  metricsRevision: 21,
  mendRevision: 22,
  speedThousandths: 23,
  coordinatorBeat: 24,
  wantedByCoordinator: 25,
  logReserved: 26,
  logHead: 27,
  journalTail: 28,
  commandTail: 29,
  ticks: 30,
  fills: 31,
  attempts: 32,
  openGaps: 33,
  givenUp: 34,
  prefetchHits: 35,
  prefetchMisses: 36,
  flowTail: 37,
  historyLoaded: 38,
  /** Base slots of the session at whose end the account was valued. */
  valued: 39,
  accountRevision: 40,
  /** Trades that closed, orders that wait, and how often trades or orders changed: inside `accountRevision`. */
  closedTrades: 41,
  waitingOrders: 42,
  bookChanges: 43,
  /** Calls of a hook of own code: odd while one is at work; and the line of its text at which it was last. */
  hookCalls: 44,
  hookLine: 45,
  /** Orders of the script that wait for their bars: inside `accountRevision`. */
  ordersAhead: 46,
  // Upkeep.
  journaled: 48,
  journalHead: 49,
  wantedByUpkeep: 50,
  upkeepBeat: 51,
  /** Microseconds that upkeep has worked; goes around after 71 minutes of work. */
  upkeepMicros: 52,
  // Library.
  staged: 64,
  libraryBeat: 65,
  failed: 66,
  flowHead: 67,
  flowCovered: 68,
  // Page.
  commandHead: 80,
  /** 1: the page has left the run, and its workers are wanted elsewhere. */
  left: 81,
  /** Odd while the page draws a frame, and when it will draw the next one (drawing.ts). */
  drawing: 82,
  nextFrame: 83,
  /** A doorbell a worker, each followed by its sleep flag, its pulse and whether it is done (bell.ts), 16 words apart. */
  bells: 96,
} as const;

const headerWords = 160;

export const magic = 0x54_41_50_45;
export const layoutVersion = 1;

/** Float64 cells of the header: written by the coordinator inside `metricsRevision`, those of the account inside `accountRevision`. */
export const Cell = { clock: 0, nextInstant: 1, nextDueWall: 2, waitedMs: 3, cash: 4, worth: 5, peak: 6 } as const;
const headerCells = 8;

/** Bytes of bars that may be laid out ahead of the current session, and the fewest and most sessions whatever they take. */
const aheadBytes = 4_000_000;
const fewestAhead = 4;
export const mostAhead = 32;

export const logCapacity = 2_048;
export const logWords = 8;
export const journalCapacity = 1 << 14;
export const journalWords = 5;
export const commandCapacity = 64;
export const commandWords = 2;
/** Numbers beside a command, for one that says more than its argument. */
export const commandTerms = 6;
/** Words a base slot of the digests by slot (src/session/steps.ts). */
export const stepWords = 2;
/** Words of a late arrival (block.ts). */
export const arrivalWords = 2;

/** UTF-16 units a slab for why a session could not be laid out: its cause, the length of its words, and those. */
export const faultUnits = 256;

/** The numbers that a layout follows from. */
export interface Shape {
  readonly symbols: number;
  /** Base interval first. `slots` is the most that any session of the run has. */
  readonly intervals: readonly { readonly slots: number; readonly history: number }[];
  /** Sessions of the run, trailing ones included. */
  readonly sessions: number;
  /** Records a symbol that the rings of quotes and ticks keep. */
  readonly quotes: number;
  readonly ticks: number;
  /** The feed has faults: there is room for what they do to each bar. Absent: it has none. */
  readonly faults?: boolean;
  /** Bars can come late: there is room for a list of them. Absent: they cannot. */
  readonly lateBars?: boolean;
  /** Rows of the flow of quotes and ticks, a power of two. Absent: the run has none. */
  readonly flow?: number;
  /** A strategy trades: there is room for its account. Absent: there is none. */
  readonly account?: boolean;
}

/** One ring of slabs, in bytes from the start of the block. */
export interface SlabRing {
  readonly slots: number;
  readonly history: number;
  /** Slabs in the ring. */
  readonly depth: number;
  /** open, high, low, close, volume: Float64 `[slab][symbol][slot]`. */
  readonly columns: readonly [number, number, number, number, number];
  /** Uint8 `[slab][slot][symbol]`, each slab padded to whole 32-bit words. */
  readonly states: number;
  readonly stateStride: number;
}

export interface Layout {
  readonly shape: Shape;
  readonly bytes: number;
  readonly header: { readonly words: number; readonly cells: number };
  /** Sessions that may be laid out ahead of the current one: enough that a hiccup of storage does not stop a run at full speed. */
  readonly ahead: number;
  readonly rings: readonly SlabRing[];
  /** Int32: bars of the session by `[interval][symbol]`; by symbol, filled bars, made-up bars and the last slot with a bar. */
  readonly counts: {
    readonly bars: number;
    readonly filled: number;
    readonly madeUp: number;
    readonly lastSlot: number;
  };
  /** Uint8 by symbol: the last instant brought bars, quotes, ticks. */
  readonly flags: { readonly bars: number; readonly quotes: number; readonly ticks: number };
  /** By symbol: its stream is cancelled (Uint8); base slots of the session that it was cancelled in (Int32). */
  readonly silent: number;
  readonly unheard: number;
  /** Uint8 `[slot][symbol]` of the session that plays: the symbol's stream was cancelled when the slot was played. */
  readonly deaf: number;
  /** By symbol: open, high, low, last, volume of the session (Float64). */
  readonly metrics: readonly [number, number, number, number, number];
  /** Int32 `[slab of the base ring][slot][2]`: digest of the bars laid out in the slot. */
  readonly stagedSteps: number;
  /** Int32 `[slab of the base ring][symbol]`: last slot with anything due, -1 for none. */
  readonly stagedLastDue: number;
  /** Int32 `[slab of the base ring][symbol]`: bars of the day outside the session; bars inside it that start in no slot's place. */
  readonly stagedOutside: number;
  readonly stagedOffGrid: number;
  /** By slab of the base ring: epoch milliseconds at which it was laid out (Float64). */
  readonly stagedAt: number;
  /** By slab of the base ring: why the session could not be laid out (see staged-fault.ts). */
  readonly stagedFaults: number;
  /** What the feed's faults do to the sessions that are laid out, a ring of `1 + ahead`: see block.ts. */
  readonly faults: { readonly fates: number; readonly arrivals: number; readonly arrivalCount: number };
  /** By session: quality in percent (Float64). */
  readonly sessionQuality: number;
  readonly commands: number;
  readonly commandTerms: number;
  readonly journal: number;
  readonly log: number;
  /** By symbol a ring of records and its sequence number: quotes (time, bid, ask, bid size, ask size), ticks (time, price, size). */
  readonly quotes: { readonly records: number; readonly sequences: number };
  readonly ticks: { readonly records: number; readonly sequences: number };
  /** Float64 `[row][7]`: quotes and ticks on their way from the library to the coordinator. */
  readonly flow: number;
  readonly account: AccountLayout;
}

/** Where the account is; all Float64. */
export interface AccountLayout {
  /** By symbol: units held, shorts negative; their mean price at entry, NaN without units; what they gained since, in money. */
  readonly units: number;
  readonly entryPrices: number;
  readonly openProfits: number;
  /** `[session % depth][base slot]`: the worth at the slot's end and the highest worth by then; NaN where it was not valued. */
  readonly worths: number;
  readonly peaks: number;
  /** Sessions of the curve that are kept: as many as any interval has history, and the one that plays. 0 without a strategy. */
  readonly depth: number;
}

export const quoteFields = 5;
export const tickFields = 3;
/** Numbers of a row of the flow of quotes and ticks (flow-ring.ts). */
export const flowFields = 7;

/** Places everything. Throws a RangeError when a number of the shape is not a whole number in its range. */
export function layoutOf(shape: Shape): Layout {
  const whole = (name: string, value: number, least: number): void => {
    if (!Number.isInteger(value) || value < least)
      throw new RangeError(`${name} was ${value}; it must be a whole number from ${least}`);
  };
  whole('symbols', shape.symbols, 1);
  whole('sessions', shape.sessions, 1);
  whole('quotes', shape.quotes, 0);
  whole('ticks', shape.ticks, 0);
  const flow = shape.flow ?? 0;
  whole('flow', flow, 0);
  if (shape.intervals.length === 0) throw new RangeError('a layout needs the base interval');

  let end = 0;
  /** Takes `size` bytes on a cache line of their own. */
  const take = (size: number): number => {
    const at = end;
    end = Math.ceil((at + size) / 64) * 64;
    return at;
  };
  const { symbols } = shape;
  const words = take(headerWords * 4);
  const cells = take(headerCells * 8);
  const slabCells = symbols * (shape.intervals[0]?.slots ?? 1);
  const faultCells = shape.faults ? slabCells : 0;
  const lateCells = shape.lateBars ? slabCells : 0;
  const slabBytes = slabCells * 41 + faultCells + lateCells * arrivalWords * 4;
  const ahead = Math.min(mostAhead, Math.max(fewestAhead, Math.floor(aheadBytes / slabBytes)));
  const rings = shape.intervals.map(({ slots, history }, i): SlabRing => {
    whole('slots of a session', slots, 1);
    whole('history', history, 0);
    const depth = history + 1 + (i === 0 ? ahead : 0);
    const column = depth * symbols * slots * 8;
    const stateStride = Math.ceil((slots * symbols) / 4) * 4;
    return {
      slots,
      history,
      depth,
      columns: [take(column), take(column), take(column), take(column), take(column)],
      states: take(depth * stateStride),
      stateStride,
    };
  });
  const baseDepth = rings[0]!.depth;
  const metric = (): number => take(symbols * 8);
  const layout = {
    shape,
    header: { words, cells },
    ahead,
    rings,
    counts: {
      bars: take(symbols * shape.intervals.length * 4),
      filled: take(symbols * 4),
      madeUp: take(symbols * 4),
      lastSlot: take(symbols * 4),
    },
    flags: { bars: take(symbols), quotes: take(symbols), ticks: take(symbols) },
    silent: take(symbols),
    unheard: take(symbols * 4),
    deaf: take(symbols * rings[0]!.slots),
    metrics: [metric(), metric(), metric(), metric(), metric()] as const,
    stagedSteps: take(baseDepth * rings[0]!.slots * stepWords * 4),
    stagedLastDue: take(baseDepth * symbols * 4),
    stagedOutside: take(baseDepth * symbols * 4),
    stagedOffGrid: take(baseDepth * symbols * 4),
    stagedAt: take(baseDepth * 8),
    stagedFaults: take(baseDepth * faultUnits * 2),
    faults: {
      fates: take((1 + ahead) * faultCells),
      arrivals: take((1 + ahead) * lateCells * arrivalWords * 4),
      arrivalCount: take((1 + ahead) * 4),
    },
    sessionQuality: take(shape.sessions * 8),
    commands: take(commandCapacity * commandWords * 4),
    commandTerms: take(commandCapacity * commandTerms * 8),
    journal: take(journalCapacity * journalWords * 4),
    log: take(logCapacity * logWords * 4),
    quotes: { records: take(symbols * shape.quotes * quoteFields * 8), sequences: take(symbols * 4) },
    ticks: { records: take(symbols * shape.ticks * tickFields * 8), sequences: take(symbols * 4) },
    flow: take(flow * flowFields * 8),
    account: placeAccount(shape, take),
  };
  return { ...layout, bytes: end };
}

function placeAccount({ account, symbols, intervals }: Shape, take: (bytes: number) => number): AccountLayout {
  const depth = account ? 1 + Math.max(...intervals.map(({ history }) => history)) : 0;
  const [bySymbol, curve] = [account ? symbols * 8 : 0, depth * intervals[0]!.slots * 8];
  return {
    units: take(bySymbol),
    entryPrices: take(bySymbol),
    openProfits: take(bySymbol),
    worths: take(curve),
    peaks: take(curve),
    depth,
  };
}
