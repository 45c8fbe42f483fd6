import { Fate, outcomeOf } from '../bars/fate.ts';
import { Provenance } from '../bars/provenance.ts';
import { columnOffset, fateOffset, stateOffset, type Block } from '../memory/block.ts';
import { arrivalWords } from '../memory/layout.ts';
import { orderBySymbol } from '../memory/by-symbol.ts';
import { grown } from '../memory/grown.ts';
import type { Frame } from '../memory/timeline.ts';
import { sessionTotals, statesOf, type SessionAccount } from './account.ts';
import type { RunPlan } from './plan.ts';
import { gapEvidence, gapFields, gapOutcomes } from './story-rows.ts';
import type { SessionStory } from './story.ts';
import { Due } from './tick.ts';

/** Gaps that a story tells at most; the others are counted. */
const mostGaps = 1_000;

/** Words of a note: place of the slot, look-ups, source, the slot at whose end it was made. */
const noteWords = 4;

const allStreamed = Provenance.streamed * 0x01010101;

const outcome = {
  filled: gapOutcomes.indexOf('filled'),
  repaired: gapOutcomes.indexOf('repaired'),
  madeUp: gapOutcomes.indexOf('made up'),
  arrivedLate: gapOutcomes.indexOf('arrived late'),
  givenUp: gapOutcomes.indexOf('given up'),
  open: gapOutcomes.indexOf('open'),
};
const evidence = {
  silent: gapEvidence.indexOf('feed silent'),
  alone: gapEvidence.indexOf('alone'),
  noTrade: gapEvidence.indexOf('no trade'),
  rejected: gapEvidence.indexOf('rejected'),
  unknown: gapEvidence.indexOf('unknown'),
};

/** What the coordinator knows of a session that has ended. */
export interface EndedSession {
  readonly session: number;
  readonly frame: Frame;
  readonly account: SessionAccount;
  /** Base slots that were played, and what was due at the end of each. */
  readonly slots: number;
  readonly due: Uint8Array;
  readonly leadMs: number | null;
  readonly error: string | null;
}

/**
 * Notes how gaps end while a session is played, and tells its story when it is over, from these notes, the states of the slots and
 * what the feed's faults did. While the session plays a note is all that it costs; to tell it, states are looked at four at a time.
 */
export class Storyteller {
  private readonly block: Block;
  private readonly looksUp: boolean;
  private readonly words: Int32Array;
  private notes = new Int32Array(256 * noteWords);
  private noted = 0;
  /** By place of the slot: its latest note, counted from 1. */
  private readonly noteOf: Int32Array;
  /** By place of the slot, where bars come late: the slot at whose end it came, counted from 1. */
  private readonly arrivedAt: Int32Array;
  /** Places of slots without a bar in time, as they lie in memory; and by symbol. */
  private cells = new Int32Array(256);
  private bySymbol = new Int32Array(256);
  private found = 0;
  private readonly ends: Int32Array;
  /** By base slot: symbols with a bar of the feed; the first check at or after its end, -1 for none; and checks from there on. */
  private readonly alive: Int32Array;
  private readonly firstCheck: Int32Array;
  private readonly checksLeft: Int32Array;
  private readonly rows = new Int32Array(mostGaps * gapFields);
  private asked: number | null = null;
  private askedNext: number | null = null;

  constructor(plan: RunPlan, block: Block) {
    const { slots, states } = block.slabs[0]!;
    this.block = block;
    this.looksUp = plan.fillSources.length > 0;
    this.words = new Int32Array(states.buffer, states.byteOffset, states.byteLength >> 2);
    this.noteOf = new Int32Array(slots * block.symbols);
    this.arrivedAt = new Int32Array(block.arrivals.length > 0 ? slots * block.symbols : 0);
    this.ends = new Int32Array(block.symbols + 1);
    this.alive = new Int32Array(slots);
    this.firstCheck = new Int32Array(slots);
    this.checksLeft = new Int32Array(slots);
  }

  /** At the end of slot `now` a missing slot was filled, made up or given up, or its bar came, after that many look-ups. */
  note(symbol: number, slot: number, lookUps: number, source: number, now: number): void {
    if (this.noted === this.notes.length) this.notes = grown(this.notes);
    this.notes[this.noted++] = slot * this.block.symbols + symbol;
    this.notes[this.noted++] = lookUps;
    this.notes[this.noted++] = source;
    this.notes[this.noted++] = now;
  }

  /** The session after the one that plays was asked for, that many seconds before the close. */
  asksNext(seconds: number): void {
    this.askedNext = seconds;
  }

  /** Tells the story of the session, and is ready for the next one. */
  tell(ended: EndedSession): SessionStory {
    const { account, session, leadMs, error } = ended;
    const { bars, feed } = account;
    const sum = (counts: Int32Array): number => counts.reduce((total, count) => total + count, 0);
    const { expected, missing } = sessionTotals(account);
    const { gaps, moreGaps } = this.gaps(ended);
    const askedSeconds = this.asked;
    this.asked = this.askedNext;
    this.askedNext = null;
    return {
      session,
      states: statesOf(account),
      prefetch: account.prefetch,
      counts: {
        expected,
        streamed: sum(bars) - sum(account.filled),
        filled: sum(account.filled),
        missing,
        madeUp: sum(account.madeUp),
      },
      gaps,
      moreGaps,
      feed,
      leadMs,
      askedSeconds,
      waitedMs: account.waitedMs,
      error,
    };
  }

  private gaps({ session, frame, slots, due }: EndedSession): { gaps: Int32Array; moreGaps: number } {
    const { block, notes, noteOf } = this;
    for (let i = 0; i < this.noted; i += noteWords) noteOf[notes[i]!] = i + 1;
    for (let slot = slots - 1, check = -1, checks = 0; slot >= 0; slot--) {
      if (due[slot]! & Due.gaps) {
        check = slot;
        checks++;
      }
      this.firstCheck[slot] = check;
      this.checksLeft[slot] = checks;
    }
    this.find(session, slots);
    this.takeArrivals(session, slots);
    this.sort();
    const told = this.group(session, frame);
    for (let i = 0; i < this.noted; i += noteWords) noteOf[notes[i]!] = 0;
    for (let i = 0; i < this.found && block.arrivals.length > 0; i++) this.arrivedAt[this.cells[i]!] = 0;
    this.noted = 0;
    return told;
  }

  /** Finds the slots without a bar of the feed. */
  private find(session: number, slots: number): void {
    const { block, words, alive } = this;
    const { symbols } = block;
    const base = block.slabs[0]!;
    const { states } = base;
    const from = stateOffset(base, session);
    const end = from + slots * symbols;
    this.found = 0;
    alive.fill(symbols, 0, slots);
    let i = from;
    // A slab's states begin with a word of their own.
    for (; i + 4 <= end; i += 4) {
      if (words[i >> 2] === allStreamed) continue;
      for (let k = i; k < i + 4; k++) if (states[k] !== Provenance.streamed) this.add(k - from);
    }
    for (; i < end; i++) if (states[i] !== Provenance.streamed) this.add(i - from);
    for (let k = 0; k < this.found; k++) alive[Math.floor(this.cells[k]! / symbols)]!--;
  }

  /** Adds the bars that upkeep found missing before they came. */
  private takeArrivals(session: number, slots: number): void {
    const { arrivedAt, block } = this;
    if (arrivedAt.length === 0) return;
    const { symbols, arrivals, arrivalCount, layout } = block;
    const base = block.slabs[0]!;
    const states = stateOffset(base, session);
    const from = fateOffset(block, session) * arrivalWords;
    const end = from + arrivalCount[session % (1 + layout.ahead)]! * arrivalWords;
    for (let i = from; i < end && arrivals[i]! < slots; i += arrivalWords) {
      const cell = arrivals[i + 1]!;
      const check = this.firstCheck[Math.floor(cell / symbols)]!;
      if (base.states[states + cell] !== Provenance.streamed || check < 0 || check >= arrivals[i]!) continue;
      arrivedAt[cell] = arrivals[i]! + 1;
      this.add(cell);
    }
  }

  private add(cell: number): void {
    if (this.found === this.cells.length) {
      this.cells = grown(this.cells);
      this.bySymbol = new Int32Array(this.cells.length);
    }
    this.cells[this.found++] = cell;
  }

  /** Puts the places in the order of symbols and slots. */
  private sort(): void {
    const { ends, bySymbol } = this;
    const { symbols } = this.block;
    orderBySymbol(this.cells, this.found, symbols, ends, bySymbol);
    if (this.arrivedAt.length === 0) return;
    // Late bars were added after the others of their symbol.
    for (let s = 0; s < symbols; s++) bySymbol.subarray(s === 0 ? 0 : ends[s - 1]!, ends[s]!).sort();
  }

  /** Takes neighbouring slots together that are missing for one reason and ended alike. */
  private group(session: number, { own }: Frame): { gaps: Int32Array; moreGaps: number } {
    const { block, rows, notes, bySymbol } = this;
    const { symbols } = block;
    const base = block.slabs[0]!;
    const states = stateOffset(base, session);
    let [count, moreGaps, last] = [0, 0, -1];
    let [lastOutcome, lastSource, lastLookUps, lastEvidence] = [-1, -1, -1, -1];
    for (let i = 0; i < this.found; i++) {
      const cell = bySymbol[i]!;
      const symbol = cell % symbols;
      const slot = (cell - symbol) / symbols;
      const state = base.states[states + cell]!;
      if (block.deaf[cell] === 1 || own?.[symbol]?.expected[slot] === 0) continue;
      const note = this.noteOf[cell]! - 1;
      const ended = endOf(state, note);
      const why = this.evidence(session, symbol, slot, state);
      const source = (ended === outcome.filled || ended === outcome.repaired) && note >= 0 ? notes[note + 2]! : -1;
      const lookUps =
        note >= 0 ? notes[note + 1]! : this.looksUp && ended === outcome.open ? this.checksLeft[slot]! : 0;
      const at =
        ended === outcome.open ? -1 : ended === outcome.arrivedLate ? this.arrivedAt[cell]! - 1 : notes[note + 3]!;
      const follows =
        cell === last + symbols &&
        ended === lastOutcome &&
        source === lastSource &&
        lookUps === lastLookUps &&
        why === lastEvidence;
      last = cell;
      [lastOutcome, lastSource, lastLookUps, lastEvidence] = [ended, source, lookUps, why];
      if (!follows && count === mostGaps) moreGaps++;
      if (moreGaps > 0) continue;
      if (!follows) {
        const row = count++ * gapFields;
        rows[row] = symbol;
        rows[row + 1] = slot;
        rows[row + 2] = 0;
        rows[row + 3] = this.firstCheck[slot]!;
        rows[row + 5] = lookUps;
        rows[row + 6] = ended;
        rows[row + 7] = source;
        rows[row + 8] = why;
      }
      const row = (count - 1) * gapFields;
      rows[row + 2]!++;
      rows[row + 4] = at;
    }
    for (let row = 0; row < count * gapFields; row += gapFields)
      rows[row + 8]! += this.othersAlive(states, rows[row]!, rows[row + 1]!, rows[row + 2]!) * gapEvidence.length;
    return { gaps: rows.slice(0, count * gapFields), moreGaps };
  }

  private evidence(session: number, symbol: number, slot: number, state: number): number {
    const { block } = this;
    const { symbols } = block;
    const base = block.slabs[0]!;
    const fate = block.fates.length > 0 ? block.fates[fateOffset(block, session) + slot * symbols + symbol]! : 0;
    if (outcomeOf(fate) === Fate.rejected) return evidence.rejected;
    const isOfSource = state === Provenance.filled || state >= Provenance.candidate;
    if (isOfSource && base.volume[columnOffset(base, symbols, session, symbol) + slot] === 0) return evidence.noTrade;
    if (symbols === 1) return evidence.unknown;
    return this.alive[slot]! > (state === Provenance.streamed ? 1 : 0) ? evidence.alone : evidence.silent;
  }

  /** Other symbols with a bar of the feed in at least one of the slots. */
  private othersAlive(states: number, symbol: number, first: number, slots: number): number {
    const { symbols, slabs } = this.block;
    const all = slabs[0]!.states;
    if (slots === 1)
      return this.alive[first]! - (all[states + first * symbols + symbol] === Provenance.streamed ? 1 : 0);
    let some = false;
    for (let slot = first; slot < first + slots && !some; slot++) some = this.alive[slot] !== 0;
    let count = 0;
    for (let other = 0; some && other < symbols; other++)
      for (let slot = first; slot < first + slots && other !== symbol; slot++)
        if (all[states + slot * symbols + other] === Provenance.streamed) {
          count++;
          break;
        }
    return count;
  }
}

function endOf(state: number, note: number): number {
  switch (state) {
    case Provenance.streamed:
      return outcome.arrivedLate;
    case Provenance.filled:
      return outcome.filled;
    case Provenance.repaired:
      return outcome.repaired;
    case Provenance.madeUp:
      return outcome.madeUp;
    default:
      return note >= 0 ? outcome.givenUp : outcome.open;
  }
}
