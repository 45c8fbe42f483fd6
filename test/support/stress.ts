import { barColumns, type BarColumns } from '../../src/bars/columns.ts';
import { Provenance } from '../../src/bars/provenance.ts';
import { Block, columnOffset, createBlock, stateOffset } from '../../src/memory/block.ts';
import type { Shape } from '../../src/memory/layout.ts';
import { beginChange, endChange, mayLayOut, publish, publishStaged, roll } from '../../src/memory/protocol.ts';
import { Word } from '../../src/memory/layout.ts';
import { Timeline } from '../../src/memory/timeline.ts';
import { View } from '../../src/memory/view.ts';
import { minute } from '../../src/time/instant.ts';
import { sessionOfMinutes } from './market-session.ts';

/**
 * A writer and a reader at full speed on one block, and a control beside it: bars that are rewritten in place without a
 * protocol. Every field of a bar follows from its opening price, so a bar of two writings is known by itself.
 */
export interface StressTask {
  readonly block: SharedArrayBuffer;
  /** Bars of five numbers, rewritten in place. */
  readonly control: SharedArrayBuffer;
  /** Not 0: the writer is to end. */
  readonly stop: SharedArrayBuffer;
}

export interface StressAnswer {
  /** Bars, and metrics of a symbol, that a validated try of the View copied and whose fields were then compared. */
  readonly reads: number;
  /** Those of metrics. */
  readonly metrics: number;
  readonly torn: number;
  /** Tries that did not validate; what they read is not counted. */
  readonly failed: number;
  readonly controlReads: number;
  readonly controlTorn: number;
  readonly seconds: number;
  /** Sessions whose bars were among the reads: the slabs were laid out anew that often. */
  readonly sessions: number;
}

const slots = 512;
const symbols = 4;
const sessions = 100_000;
const controlBars = 16;
const shape: Shape = { symbols, intervals: [{ slots, history: 0 }], sessions, quotes: 0, ticks: 0 };

export function stressTask(): StressTask {
  return {
    block: createBlock(shape, true).buffer as SharedArrayBuffer,
    control: new SharedArrayBuffer(controlBars * 5 * 8),
    stop: new SharedArrayBuffer(4),
  };
}

/** Library and coordinator in one: sessions are laid out, published instant by instant, and left, until the task is stopped. */
export function write({ block: buffer, control, stop }: StressTask): void {
  const block = new Block(buffer, shape);
  const { header } = block;
  const { ahead } = block.layout;
  const plain = new Float64Array(control);
  const stopped = new Int32Array(stop);
  let staged = 0;
  const layOut = (): void => {
    for (; mayLayOut(header, staged, ahead); staged++) lay(block, staged);
    publishStaged(header, staged);
  };
  for (let session = 0; session < sessions; session = (session + 1) % sessions) {
    roll(header, session, () => block.counts.fill(0));
    if (session === 0) staged = 0;
    if (staged === 0) layOut();
    for (let slot = 0; slot < slots; slot++) {
      beginChange(header, Word.metricsRevision);
      const row = stateOffset(block.slabs[0]!, session) + slot * symbols;
      for (let s = 0; s < symbols; s++) block.slabs[0]!.states[row + s] = Provenance.streamed;
      for (let s = 0; s < symbols; s++) {
        const price = priceOf(session, s, slot);
        block.counts[s]!++;
        block.sessionOpen[s] = price;
        block.sessionHigh[s] = price + 3;
        block.sessionLow[s] = price - 3;
        block.sessionLast[s] = price + 1;
        block.sessionVolume[s] = price * 2;
      }
      endChange(header, Word.metricsRevision);
      publish(header, slot + 1);
      rewrite(plain, session * slots + slot);
    }
    layOut();
    if (Atomics.load(stopped, 0) !== 0) return;
  }
}

function priceOf(session: number, symbol: number, slot: number): number {
  return session * 32_768 + symbol * 8_192 + slot * 8;
}

function lay(block: Block, session: number): void {
  const base = block.slabs[0]!;
  for (let s = 0; s < symbols; s++) {
    const at = columnOffset(base, symbols, session, s);
    for (let slot = 0; slot < slots; slot++) {
      const price = priceOf(session, s, slot);
      base.open[at + slot] = price;
      base.high[at + slot] = price + 3;
      base.low[at + slot] = price - 3;
      base.close[at + slot] = price + 1;
      base.volume[at + slot] = price * 2;
    }
  }
  const states = stateOffset(base, session);
  base.states.fill(Provenance.staged, states, states + base.stateStride);
}

function rewrite(plain: Float64Array, price: number): void {
  for (let at = 0; at < plain.length; at += 5) {
    plain[at] = price;
    plain[at + 1] = price + 3;
    plain[at + 2] = price - 3;
    plain[at + 3] = price + 1;
    plain[at + 4] = price * 2;
  }
}

/** Reads through the View until that many bars are checked or the time is over. */
export function read({ block: buffer, control }: StressTask, reads: number, seconds: number): StressAnswer {
  const block = new Block(buffer, shape);
  const session = sessionOfMinutes(slots);
  const view = new View(block, new Timeline(new Array<typeof session>(sessions).fill(session), [minute]));
  const plain = new Float64Array(control);
  const out = barColumns(slots);
  const answer = { reads: 0, torn: 0, failed: 0, metrics: 0, controlReads: 0, controlTorn: 0, seconds: 0, sessions: 0 };
  let symbol = 0;
  let last = -1;
  const copy = (): number => view.copyLast(symbol, slots, out);
  const metrics = view.metrics(0);
  const copyMetrics = (): boolean => {
    view.copyMetrics(symbol, metrics);
    return true;
  };
  while (block.header.load(Word.slots) === 0);
  const began = performance.now();
  const until = began + seconds * 1_000;
  while (answer.reads < reads && performance.now() < until) {
    for (let n = 0; n < 1_000; n++) {
      symbol = n % symbols;
      const count = view.validated(copy, 1);
      if (count === undefined) {
        answer.failed++;
        continue;
      }
      answer.torn += tornIn(out, count, priceOf(view.session, symbol, 0)) + (count === view.slots ? 0 : 1);
      answer.reads += count;
      if (view.session !== last) answer.sessions++;
      last = view.session;
      if (n % 16 !== 0 || !view.steady(Word.metricsRevision, copyMetrics, 100)) continue;
      const { open, high, low, last: price, volume } = metrics;
      answer.reads++;
      answer.metrics++;
      if (high !== open + 3 || low !== open - 3 || price !== open + 1 || volume !== open * 2) answer.torn++;
    }
    for (let n = 0; n < 1_000; n++) {
      const at = (n % controlBars) * 5;
      const open = plain[at]!;
      if (
        plain[at + 1] !== open + 3 ||
        plain[at + 2] !== open - 3 ||
        plain[at + 3] !== open + 1 ||
        plain[at + 4] !== open * 2
      )
        answer.controlTorn++;
      answer.controlReads++;
    }
  }
  return { ...answer, seconds: (performance.now() - began) / 1_000 };
}

/** Bars that are not those of the session and symbol whose first price is given, slot by slot. */
function tornIn({ open, high, low, close, volume }: BarColumns, count: number, first: number): number {
  let torn = 0;
  for (let i = 0; i < count; i++) {
    const price = first + i * 8;
    if (
      open[i] !== price ||
      high[i] !== price + 3 ||
      low[i] !== price - 3 ||
      close[i] !== price + 1 ||
      volume[i] !== price * 2
    )
      torn++;
  }
  return torn;
}

/** Reads that a test makes, and the seconds after which it has made enough: `CHECKED_READS=1e9` makes them all. */
export function stressLimits(): { reads: number; seconds: number } {
  const { CHECKED_READS: asked } = process.env;
  return asked ? { reads: Number(asked), seconds: Infinity } : { reads: 1e9, seconds: 20 };
}

export function stressText(
  where: string,
  { reads, metrics, seconds, failed, sessions: seen, ...control }: StressAnswer,
): string {
  return (
    `${where}: ${reads.toPrecision(4)} checked reads (${metrics} of metrics) in ${seconds.toFixed(1)} s, ${seen} sessions, ${failed} failed tries; ` +
    `control torn ${control.controlTorn} of ${control.controlReads}`
  );
}
