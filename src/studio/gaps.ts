import { isVisible, Provenance } from '../bars/provenance.ts';
import type { Frame } from '../memory/timeline.ts';
import type { Picture } from '../memory/picture.ts';
import type { RunPlan } from '../session/plan.ts';
import type { GapEvidence, GapOutcome, GapStory } from '../session/story.ts';
import { Due, TickTables } from '../session/tick.ts';

/** What upkeep or the feed said about a slot that was missed. */
export interface GapNote {
  /** Place of the fill source that brought the bar; null when none did. */
  readonly source: number | null;
  readonly givenUp: boolean;
  /** The feed brought it after its time. */
  readonly late: boolean;
}

/** Notes by symbol and base slot of the session that is played. */
export type GapNotes = ReadonlyMap<number, GapNote>;

/** The key of a note. */
export function noteKey(symbol: number, slot: number): number {
  return slot * 65_536 + symbol;
}

/** A gap as the tables have it: its story, and its session's place in the plan. */
export interface GapRow extends GapStory {
  readonly session: number;
}

/**
 * The gaps of the session that plays, as far as states and log tell them, the latest first. What its story will say of look-ups and
 * evidence is worked out from the same rules: upkeep looks at every check, and a source that has a bar gives it at the first. Notes of
 * many symbols go by unseen: that a bar was given up follows from the look-ups too.
 */
export function liveGaps(picture: Picture, plan: RunPlan, frame: Frame, notes: GapNotes): GapRow[] {
  const symbols = plan.symbols.length;
  const { states, slots, session } = picture;
  const checks = checksOf(plan, frame);
  // Most slots are streamed and none is late: then they need not be looked up.
  const someLate = [...notes.values()].some(({ late }) => late);
  const gaps: { -readonly [Key in keyof GapRow]: GapRow[Key] }[] = [];
  for (let symbol = 0; symbol < symbols; symbol++) {
    const most = mostLookUps(plan, symbol);
    let run: (typeof gaps)[number] | undefined;
    for (let slot = 0; slot < slots; slot++) {
      const state = states[slot * symbols + symbol]!;
      if (state === Provenance.notExpected) continue;
      if (state === Provenance.streamed && !someLate) {
        run = undefined;
        continue;
      }
      const note = notes.size === 0 ? undefined : notes.get(noteKey(symbol, slot));
      if (state === Provenance.streamed && !note?.late) {
        run = undefined;
        continue;
      }
      const checked = checks.upTo[slots]! - checks.upTo[checks.next[slot]!]!;
      const outcome = outcomeOf(state, note, most > 0 && checked >= most);
      const source = outcome === 'filled' || outcome === 'repaired' ? (note?.source ?? -1) : -1;
      if (run && run.outcome === outcome && run.source === source) {
        run.slots++;
        continue;
      }
      // A late bar came before the check that would have found its slot.
      const foundAtSlot = outcome === 'arrived late' ? slots : checks.next[slot]!;
      const lookUps = lookUpsOf(most, outcome, checks.upTo[slots]! - checks.upTo[foundAtSlot]!);
      run = {
        session,
        symbol,
        firstSlot: slot,
        slots: 1,
        foundAtSlot: foundAtSlot < slots ? foundAtSlot : -1,
        endedAtSlot: outcome === 'open' || foundAtSlot >= slots ? -1 : checks.after(foundAtSlot, lookUps - 1),
        lookUps,
        outcome,
        source,
        evidence: 'unknown',
        othersAlive: 0,
      };
      gaps.push(run);
    }
  }
  for (const gap of gaps) {
    gap.othersAlive = othersAlive(picture, symbols, gap);
    gap.evidence = evidenceOf(gap, symbols);
  }
  return gaps.sort((a, b) => b.firstSlot + b.slots - (a.firstSlot + a.slots) || a.symbol - b.symbol);
}

/** What tells a gap from all others of a run. */
export function gapKey({ session, symbol, firstSlot }: GapRow): string {
  return `${session}/${symbol}/${firstSlot}`;
}

/** Look-ups that a missing bar of the symbol gets at most. */
export function mostLookUps({ config, fillSources }: RunPlan, symbol: number): number {
  const { enabled, retryMissingBars, maxRetries } = config.upkeep;
  if (!enabled || !fillSources.some(({ symbols }) => symbols[symbol] !== null)) return 0;
  return 1 + (retryMissingBars ? maxRetries : 0);
}

function outcomeOf(state: number, note: GapNote | undefined, isTriedOut: boolean): GapOutcome {
  if (state === Provenance.streamed) return 'arrived late';
  if (state === Provenance.filled) return 'filled';
  if (state === Provenance.repaired) return 'repaired';
  if (state === Provenance.madeUp) return 'made up';
  return isTriedOut || note?.givenUp ? 'given up' : 'open';
}

function lookUpsOf(most: number, outcome: GapOutcome, checks: number): number {
  if (outcome === 'filled' || outcome === 'repaired') return 1;
  return Math.max(0, Math.min(checks, most));
}

function othersAlive({ states }: Picture, symbols: number, { symbol, firstSlot, slots }: GapRow): number {
  let alive = 0;
  for (let other = 0; other < symbols; other++) {
    if (other === symbol) continue;
    for (let slot = firstSlot; slot < firstSlot + slots; slot++) {
      if (!isVisible(states[slot * symbols + other]!)) continue;
      alive++;
      break;
    }
  }
  return alive;
}

function evidenceOf({ outcome, othersAlive: alive }: GapRow, symbols: number): GapEvidence {
  if (outcome === 'repaired') return 'rejected';
  if (symbols === 1) return 'unknown';
  return alive > 0 ? 'alone' : 'feed silent';
}

/** When upkeep looks for gaps in a session. */
interface Checks {
  /** By base slot: the first check at or after its end; the number of slots when there is none. */
  readonly next: Int32Array;
  /** By base slot: checks at slots before it. */
  readonly upTo: Int32Array;
  /** The check that many checks after one, or the last. */
  after(slot: number, checks: number): number;
}

const known = new WeakMap<Frame, { plan: RunPlan; checks: Checks }>();

function checksOf(plan: RunPlan, frame: Frame): Checks {
  const found = known.get(frame);
  if (found?.plan === plan) return found.checks;
  const { count } = frame.grids[0]!;
  const next = new Int32Array(count + 1).fill(count);
  const upTo = new Int32Array(count + 2);
  const due = new TickTables(plan).of(frame);
  for (let slot = 0; slot < count; slot++) upTo[slot + 1] = upTo[slot]! + (due[slot]! & Due.gaps);
  upTo[count + 1] = upTo[count]!;
  for (let slot = count - 1; slot >= 0; slot--) next[slot] = upTo[slot + 1]! > upTo[slot]! ? slot : next[slot + 1]!;
  const after = (slot: number, checks: number): number => {
    let at = slot;
    for (let k = 0; k < checks && at < count && next[at + 1]! < count; k++) at = next[at + 1]!;
    return at;
  };
  const checks = { next, upTo, after };
  known.set(frame, { plan, checks });
  return checks;
}
