import { Provenance } from '../bars/provenance.ts';
import type { Picture } from '../memory/picture.ts';
import type { RunPlan } from '../session/plan.ts';

/** What upkeep said about a missing slot. */
export interface GapNote {
  /** Place of the fill source that brought the bar; null when none did. */
  readonly source: number | null;
  readonly givenUp: boolean;
}

/** Notes by symbol and base slot of the session that is played. */
export type GapNotes = ReadonlyMap<number, GapNote>;

/** The key of a note. */
export function noteKey(symbol: number, slot: number): number {
  return slot * 65_536 + symbol;
}

export type GapStatus = 'missing' | 'givenUp' | 'filled' | 'madeUp';

/** A run of base slots of one symbol that the feed did not bring, with one status. */
export interface Gap {
  readonly symbol: number;
  readonly slot: number;
  readonly slots: number;
  readonly status: GapStatus;
  readonly source: number | null;
}

/** Gaps shown at most; the others are counted. */
export const mostGaps = 40;

/** The gaps of the session so far, the latest first, and how many slots they have in all. */
export function gapsOf(picture: Picture, symbols: number, notes: GapNotes): { gaps: Gap[]; more: number } {
  const gaps: Gap[] = [];
  for (let symbol = 0; symbol < symbols; symbol++) {
    let open: { -readonly [Key in keyof Gap]: Gap[Key] } | undefined;
    for (let slot = 0; slot < picture.slots; slot++) {
      const state = picture.states[slot * symbols + symbol]!;
      if (state === Provenance.streamed || state === Provenance.repaired) {
        open = undefined;
        continue;
      }
      const note = notes.get(noteKey(symbol, slot));
      const status = statusOf(state, note);
      const source = status === 'filled' ? (note?.source ?? null) : null;
      if (open && open.status === status && open.source === source) {
        open.slots++;
      } else {
        open = { symbol, slot, slots: 1, status, source };
        gaps.push(open);
      }
    }
  }
  gaps.sort((a, b) => b.slot + b.slots - (a.slot + a.slots) || a.symbol - b.symbol);
  return { gaps: gaps.slice(0, mostGaps), more: Math.max(0, gaps.length - mostGaps) };
}

/**
 * Upkeep still looks a missing bar up: it is switched on, a fill source has the symbol, and the session that the picture shows
 * has not reached its close. Without `live` the run has ended.
 */
export function isRetried({ symbol, status }: Gap, plan: RunPlan, picture: Picture, live: boolean): boolean {
  const close = plan.sessions[picture.session]?.close ?? -Infinity;
  return (
    status === 'missing' &&
    live &&
    plan.config.upkeep.enabled &&
    picture.upkeep.open > 0 &&
    picture.clock < close &&
    plan.fillSources.some(({ symbols }) => symbols[symbol] !== null)
  );
}

function statusOf(state: number, note: GapNote | undefined): GapStatus {
  if (state === Provenance.filled) return 'filled';
  if (state === Provenance.madeUp) return 'madeUp';
  return note?.givenUp ? 'givenUp' : 'missing';
}
