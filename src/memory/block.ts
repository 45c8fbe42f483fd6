import { layoutOf, layoutVersion, logCapacity, logWords, magic, Word, type Layout, type Shape } from './layout.ts';
import { arrivalWords, commandCapacity, commandTerms, commandWords, faultUnits, flowFields } from './layout.ts';
import { journalCapacity, journalWords, stepWords } from './layout.ts';
import { openWords, type Words } from './words.ts';

/** The five columns of a slab ring; each covers the whole ring. */
export interface Columns {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** Views of one slab ring and its arithmetic. */
export interface Slabs extends Columns {
  /** The most slots of a session: the length of a symbol's stretch in a column. */
  readonly slots: number;
  readonly history: number;
  readonly depth: number;
  /** Bytes of one slab's states. */
  readonly stateStride: number;
  readonly states: Uint8Array;
}

/** Place in a column of slot 0 of a symbol, for the session at `session` in the plan. */
export function columnOffset(slabs: Slabs, symbols: number, session: number, symbol: number): number {
  return ((session % slabs.depth) * symbols + symbol) * slabs.slots;
}

/** Place in the state bytes of slot 0 of symbol 0, for the session at `session` in the plan. */
export function stateOffset(slabs: Slabs, session: number): number {
  return (session % slabs.depth) * slabs.stateStride;
}

/** Place in the account's curve of slot 0, for the session at `session` in the plan. */
export function curveOffset({ layout, slabs }: Block, session: number): number {
  return (session % layout.account.depth) * slabs[0]!.slots;
}

/** Place in the fates of slot 0 of symbol 0, for the session at `session` in the plan. */
export function fateOffset({ layout, slabs, symbols }: Block, session: number): number {
  return (session % (1 + layout.ahead)) * symbols * slabs[0]!.slots;
}

/**
 * Typed views of a block. Roles, ordering, invariants and staleness: see layout.ts. The buffer is shared memory between
 * workers, or a plain buffer where everything runs in one.
 */
export class Block {
  readonly layout: Layout;
  readonly buffer: ArrayBufferLike;
  readonly symbols: number;
  /** The header's words for the protocol; `words` are the same ones, for plain reading and writing. */
  readonly header: Words;
  readonly words: Int32Array;
  readonly cells: Float64Array;
  readonly slabs: readonly Slabs[];
  /** `[interval][symbol]` */
  readonly counts: Int32Array;
  readonly filled: Int32Array;
  /** By symbol: bars of the session that are made up; they count in `counts` too. */
  readonly madeUp: Int32Array;
  readonly lastSlot: Int32Array;
  readonly barsUpdated: Uint8Array;
  readonly quotesUpdated: Uint8Array;
  readonly ticksUpdated: Uint8Array;
  readonly silent: Uint8Array;
  readonly unheard: Int32Array;
  readonly deaf: Uint8Array;
  readonly sessionOpen: Float64Array;
  readonly sessionHigh: Float64Array;
  readonly sessionLow: Float64Array;
  readonly sessionLast: Float64Array;
  readonly sessionVolume: Float64Array;
  readonly stagedSteps: Int32Array;
  readonly stagedLastDue: Int32Array;
  readonly stagedOutside: Int32Array;
  readonly stagedOffGrid: Int32Array;
  readonly stagedAt: Float64Array;
  readonly stagedFaults: Uint16Array;
  /** `Fate` by `[session % (1 + ahead)][slot][symbol]`; empty where the feed has no faults. */
  readonly fates: Uint8Array;
  /**
   * Bars that come after their slot, by `[session % (1 + ahead)]`: pairs of the slot at whose end the bar arrives and its place
   * `slot * symbols + symbol` in the fates, in the order of arrival, symbol, slot.
   */
  readonly arrivals: Int32Array;
  readonly arrivalCount: Int32Array;
  readonly sessionQuality: Float64Array;
  readonly commands: Int32Array;
  /** `[command][term]`: the numbers beside each. */
  readonly commandTerms: Float64Array;
  readonly journal: Int32Array;
  readonly logWords: Int32Array;
  readonly logTimes: Float64Array;
  readonly quoteRecords: Float64Array;
  readonly quoteSequences: Int32Array;
  readonly quoteCounters: Words;
  readonly tickRecords: Float64Array;
  readonly tickSequences: Int32Array;
  readonly tickCounters: Words;
  readonly flow: Float64Array;
  /** The account (`AccountLayout`); all empty in a run without a strategy. */
  readonly units: Float64Array;
  readonly entryPrices: Float64Array;
  readonly openProfits: Float64Array;
  readonly worths: Float64Array;
  readonly peaks: Float64Array;

  /** Opens a block that `createBlock` made. Throws when the buffer is not one, or of another layout. */
  constructor(buffer: ArrayBufferLike, shape: Shape) {
    const layout = layoutOf(shape);
    if (buffer.byteLength !== layout.bytes)
      throw new RangeError(`the block has ${buffer.byteLength} bytes; its shape needs ${layout.bytes}`);
    const { symbols } = shape;
    const floats = (at: number, length: number): Float64Array => new Float64Array(buffer, at, length);
    const ints = (at: number, length: number): Int32Array => new Int32Array(buffer, at, length);
    const bytes = (at: number, length: number): Uint8Array => new Uint8Array(buffer, at, length);
    this.layout = layout;
    this.buffer = buffer;
    this.symbols = symbols;
    this.words = ints(layout.header.words, (layout.header.cells - layout.header.words) / 4);
    this.header = openWords(this.words);
    this.cells = floats(layout.header.cells, 8);
    this.slabs = layout.rings.map((ring) => {
      const length = ring.depth * symbols * ring.slots;
      const [open, high, low, close, volume] = ring.columns;
      return {
        slots: ring.slots,
        history: ring.history,
        depth: ring.depth,
        stateStride: ring.stateStride,
        open: floats(open, length),
        high: floats(high, length),
        low: floats(low, length),
        close: floats(close, length),
        volume: floats(volume, length),
        states: bytes(ring.states, ring.depth * ring.stateStride),
      };
    });
    this.counts = ints(layout.counts.bars, symbols * shape.intervals.length);
    this.filled = ints(layout.counts.filled, symbols);
    this.madeUp = ints(layout.counts.madeUp, symbols);
    this.lastSlot = ints(layout.counts.lastSlot, symbols);
    this.barsUpdated = bytes(layout.flags.bars, symbols);
    this.quotesUpdated = bytes(layout.flags.quotes, symbols);
    this.ticksUpdated = bytes(layout.flags.ticks, symbols);
    this.silent = bytes(layout.silent, symbols);
    this.unheard = ints(layout.unheard, symbols);
    this.deaf = bytes(layout.deaf, symbols * layout.rings[0]!.slots);
    this.sessionOpen = floats(layout.metrics[0], symbols);
    this.sessionHigh = floats(layout.metrics[1], symbols);
    this.sessionLow = floats(layout.metrics[2], symbols);
    this.sessionLast = floats(layout.metrics[3], symbols);
    this.sessionVolume = floats(layout.metrics[4], symbols);
    const baseDepth = layout.rings[0]!.depth;
    this.stagedSteps = ints(layout.stagedSteps, baseDepth * layout.rings[0]!.slots * stepWords);
    this.stagedLastDue = ints(layout.stagedLastDue, baseDepth * symbols);
    this.stagedOutside = ints(layout.stagedOutside, baseDepth * symbols);
    this.stagedOffGrid = ints(layout.stagedOffGrid, baseDepth * symbols);
    this.stagedAt = floats(layout.stagedAt, baseDepth);
    this.stagedFaults = new Uint16Array(buffer, layout.stagedFaults, baseDepth * faultUnits);
    const faultCells = shape.faults ? (1 + layout.ahead) * symbols * shape.intervals[0]!.slots : 0;
    this.fates = bytes(layout.faults.fates, faultCells);
    const lateCells = shape.lateBars ? (1 + layout.ahead) * symbols * shape.intervals[0]!.slots : 0;
    this.arrivals = ints(layout.faults.arrivals, lateCells * arrivalWords);
    this.arrivalCount = ints(layout.faults.arrivalCount, 1 + layout.ahead);
    this.sessionQuality = floats(layout.sessionQuality, shape.sessions);
    this.commands = ints(layout.commands, commandCapacity * commandWords);
    this.commandTerms = floats(layout.commandTerms, commandCapacity * commandTerms);
    this.journal = ints(layout.journal, journalCapacity * journalWords);
    this.logWords = ints(layout.log, logCapacity * logWords);
    this.logTimes = floats(layout.log, (logCapacity * logWords) / 2);
    this.quoteRecords = floats(layout.quotes.records, symbols * shape.quotes * 5);
    this.quoteSequences = ints(layout.quotes.sequences, symbols);
    this.quoteCounters = openWords(this.quoteSequences);
    this.tickRecords = floats(layout.ticks.records, symbols * shape.ticks * 3);
    this.tickSequences = ints(layout.ticks.sequences, symbols);
    this.tickCounters = openWords(this.tickSequences);
    this.flow = floats(layout.flow, (shape.flow ?? 0) * flowFields);
    const { account } = layout;
    const held = shape.account ? symbols : 0;
    const curve = account.depth * layout.rings[0]!.slots;
    this.units = floats(account.units, held);
    this.entryPrices = floats(account.entryPrices, held);
    this.openProfits = floats(account.openProfits, held);
    this.worths = floats(account.worths, curve);
    this.peaks = floats(account.peaks, curve);
    if (this.words[Word.magic] !== magic) throw new TypeError('the buffer does not hold a block');
    if (this.words[Word.layoutVersion] !== layoutVersion)
      throw new TypeError(`the block has layout ${this.words[Word.layoutVersion]}; this code reads ${layoutVersion}`);
  }
}

/** A fresh block for one run. `shared` asks for shared memory, which needs an isolated page. */
export function createBlock(shape: Shape, shared: boolean): Block {
  const { bytes } = layoutOf(shape);
  const buffer = shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  const words = new Int32Array(buffer);
  words[Word.magic] = magic;
  words[Word.layoutVersion] = layoutVersion;
  return new Block(buffer, shape);
}
