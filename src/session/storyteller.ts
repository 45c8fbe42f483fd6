import { Fate, outcomeOf } from '../bars/fate.ts';
import { Provenance } from '../bars/provenance.ts';
import { columnOffset, fateOffset, stateOffset, type Block } from '../memory/block.ts';
import { arrivalWords } from '../memory/layout.ts';
import type { Frame } from '../memory/timeline.ts';
import { sessionTotals, statesOf, type SessionAccount } from './account.ts';
import { feedCountsOf } from './feed-counts.ts';
import type { RunPlan } from './plan.ts';
import type { GapEvidence, GapOutcome, GapStory, SessionStory } from './story.ts';
import { Due } from './tick.ts';

/** Gaps that a story tells at most; the others are counted. */
const mostGaps = 1_000;

/** Words of a note: place of the slot, look-ups, source, the slot at whose end it was made. */
const noteWords = 4;

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
 * what the feed's faults did. While the session plays a note is all that it costs.
 */
export class Storyteller {
  private readonly block: Block;
  private notes = new Int32Array(256 * noteWords);
  private noted = 0;
  /** By place of the slot: its latest note, counted from 1. */
  private readonly noteOf: Int32Array;
  /** By place of the slot, where the feed has faults: the slot at whose end its late bar came, or -1. */
  private readonly arrivedAt: Int32Array;
  /** By base slot: symbols with a bar of the feed, -1 while not counted; and the first check at or after its end, -1 for none. */
  private readonly alive: Int32Array;
  private readonly firstCheck: Int32Array;
  /** By base slot: checks at or after its end, at each of which a slot that is still open was looked up. */
  private readonly checksLeft: Int32Array;
  private readonly looksUp: boolean;
  private asked: number | null = null;
  private askedNext: number | null = null;

  constructor(plan: RunPlan, block: Block) {
    const { slots } = block.slabs[0]!;
    this.block = block;
    this.noteOf = new Int32Array(slots * block.symbols);
    this.arrivedAt = new Int32Array(block.fates.length > 0 ? slots * block.symbols : 0).fill(-1);
    this.alive = new Int32Array(slots);
    this.firstCheck = new Int32Array(slots);
    this.checksLeft = new Int32Array(slots);
    this.looksUp = plan.fillSources.length > 0;
  }

  /** At the end of slot `now` a missing slot was filled, made up or given up, after that many look-ups. */
  note(symbol: number, slot: number, lookUps: number, source: number, now: number): void {
    if (this.noted === this.notes.length) {
      const wider = new Int32Array(this.notes.length * 2);
      wider.set(this.notes);
      this.notes = wider;
    }
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
    const { bars, filled, madeUp, feed } = account;
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
        streamed: sum(bars) - sum(filled),
        filled: sum(filled),
        missing,
        madeUp: sum(madeUp),
      },
      gaps,
      moreGaps,
      feed: feed ? Array.from(bars, (_, symbol) => feedCountsOf(feed, symbol)) : [],
      leadMs,
      askedSeconds,
      waitedMs: account.waitedMs,
      error,
    };
  }

  private gaps({ session, frame, slots, due, account }: EndedSession): { gaps: GapStory[]; moreGaps: number } {
    const { block, notes, noteOf } = this;
    const { symbols } = block;
    const states = stateOffset(block.slabs[0]!, session);
    for (let i = 0; i < this.noted; i += noteWords) noteOf[notes[i]!] = i + 1;
    this.takeArrivals(session, slots);
    this.alive.fill(-1);
    for (let slot = slots - 1, check = -1, checks = 0; slot >= 0; slot--) {
      if (due[slot]! & Due.gaps) {
        check = slot;
        checks++;
      }
      this.firstCheck[slot] = check;
      this.checksLeft[slot] = checks;
    }
    const gaps: GapStory[] = [];
    let moreGaps = 0;
    for (let symbol = 0; symbol < symbols; symbol++) {
      if (this.arrivedAt.length === 0 && account.bars[symbol]! - account.filled[symbol]! === account.expected[symbol])
        continue;
      const expected = frame.own?.[symbol]?.expected;
      let run: { -readonly [Key in keyof GapStory]: GapStory[Key] } | undefined;
      for (let slot = 0; slot < slots; slot++) {
        if (expected?.[slot] === 0) continue;
        const cell = slot * symbols + symbol;
        const outcome = this.outcome(block.slabs[0]!.states[states + cell]!, cell, slot);
        if (!outcome) {
          run = undefined;
          continue;
        }
        const note = noteOf[cell]! - 1;
        const source = (outcome === 'filled' || outcome === 'repaired') && note >= 0 ? notes[note + 2]! : -1;
        const lookUps = note >= 0 ? notes[note + 1]! : this.looksUp && outcome === 'open' ? this.checksLeft[slot]! : 0;
        const evidence = this.evidence(session, symbol, slot);
        const endedAtSlot =
          outcome === 'open' ? -1 : outcome === 'arrived late' ? this.arrivedAt[cell]! : notes[note + 3]!;
        if (
          run &&
          run.outcome === outcome &&
          run.source === source &&
          run.lookUps === lookUps &&
          run.evidence === evidence
        ) {
          run.slots++;
          run.endedAtSlot = endedAtSlot;
          continue;
        }
        const foundAtSlot = this.firstCheck[slot]!;
        run = {
          ...{ symbol, firstSlot: slot, slots: 1, foundAtSlot, endedAtSlot, lookUps, outcome, source, evidence },
          othersAlive: 0,
        };
        if (gaps.length < mostGaps) gaps.push(run);
        else moreGaps++;
      }
    }
    for (let i = 0; i < this.noted; i += noteWords) noteOf[notes[i]!] = 0;
    this.noted = 0;
    return { gaps: gaps.map((gap) => ({ ...gap, othersAlive: this.othersAlive(session, gap) })), moreGaps };
  }

  private takeArrivals(session: number, slots: number): void {
    const { arrivedAt, block } = this;
    if (arrivedAt.length === 0) return;
    arrivedAt.fill(-1);
    const from = fateOffset(block, session);
    const end = (from + block.arrivalCount[session % (1 + block.layout.ahead)]!) * arrivalWords;
    for (let i = from * arrivalWords; i < end && block.arrivals[i]! < slots; i += arrivalWords)
      arrivedAt[block.arrivals[i + 1]!] = block.arrivals[i]!;
  }

  /** How the gap at a slot ended; undefined where there was none. */
  private outcome(state: number, cell: number, slot: number): GapOutcome | undefined {
    switch (state) {
      case Provenance.streamed: {
        const check = this.firstCheck[slot]!;
        return check >= 0 && check < (this.arrivedAt[cell] ?? -1) ? 'arrived late' : undefined;
      }
      case Provenance.staged:
        return undefined;
      case Provenance.filled:
        return 'filled';
      case Provenance.repaired:
        return 'repaired';
      case Provenance.madeUp:
        return 'made up';
      default:
        return this.noteOf[cell]! > 0 ? 'given up' : 'open';
    }
  }

  private evidence(session: number, symbol: number, slot: number): GapEvidence {
    const { block } = this;
    const { symbols } = block;
    const base = block.slabs[0]!;
    const cell = slot * symbols + symbol;
    const state = base.states[stateOffset(base, session) + cell]!;
    if (block.fates.length > 0 && outcomeOf(block.fates[fateOffset(block, session) + cell]!) === Fate.rejected)
      return 'rejected';
    const isOfSource = state === Provenance.filled || state >= Provenance.candidate;
    if (isOfSource && base.volume[columnOffset(base, symbols, session, symbol) + slot] === 0) return 'no trade';
    if (symbols === 1) return 'unknown';
    const self = state === Provenance.streamed ? 1 : 0;
    return this.aliveIn(session, slot) > self ? 'alone' : 'feed silent';
  }

  /** Symbols that have a bar of the feed in a slot. */
  private aliveIn(session: number, slot: number): number {
    if (this.alive[slot]! >= 0) return this.alive[slot]!;
    const { symbols } = this.block;
    const base = this.block.slabs[0]!;
    const from = stateOffset(base, session) + slot * symbols;
    let count = 0;
    for (let i = from; i < from + symbols; i++) if (base.states[i] === Provenance.streamed) count++;
    return (this.alive[slot] = count);
  }

  private othersAlive(session: number, { symbol, firstSlot, slots }: GapStory): number {
    const { symbols } = this.block;
    const base = this.block.slabs[0]!;
    const from = stateOffset(base, session);
    let silent = true;
    for (let slot = firstSlot; slot < firstSlot + slots; slot++) silent &&= this.aliveIn(session, slot) === 0;
    if (silent) return 0;
    let count = 0;
    for (let other = 0; other < symbols; other++)
      for (let slot = firstSlot; slot < firstSlot + slots && other !== symbol; slot++)
        if (base.states[from + slot * symbols + other] === Provenance.streamed) {
          count++;
          break;
        }
    return count;
  }
}
