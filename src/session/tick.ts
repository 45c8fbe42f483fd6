import type { Frame } from '../memory/timeline.ts';
import { minute, second } from '../time/instant.ts';
import type { RunPlan } from './plan.ts';

/**
 * Marks in a table the base slots at whose end something is due that is done every `everySeconds` of session time, counted from the
 * open. Nothing happens between the ends of slots, so it is due at the first one at or after its time; and always at the last one.
 * Ends before `from` are not marked.
 */
export function markTicks(table: Uint8Array, bit: number, frame: Frame, everySeconds: number, from = -Infinity): void {
  const { ends, count } = frame.grids[0]!;
  const { open } = frame.session;
  const every = everySeconds * second;
  let next = open + every;
  for (let slot = 0; slot < count; slot++) {
    const end = ends[slot]!;
    if (end < next && slot + 1 < count) continue;
    next = open + (Math.floor((end - open) / every) + 1) * every;
    if (end >= from) table[slot]! |= bit;
  }
}

/** What is due at the end of a base slot: bits of a tick table. */
export const Due = {
  /** Upkeep looks for gaps: every `upkeep.checkIntervalSeconds`. */
  gaps: 1,
  /**
   * Upkeep may ask for the next session: every `prefetch.checkIntervalMinutes`, from `prefetch.windowMinutes` before the close on,
   * and a whole slot before the close where slots are longer than that.
   */
  prefetch: 2,
  /** Upkeep finishes an entry of its journal, for which the coordinator waits. */
  journal: 4,
  /** The coordinator looks whether the session has timed out: every `session.boundaryCheckSeconds`. */
  boundary: 8,
  /** A derived bar closes. */
  derived: 16,
} as const;

/** What is due at the end of each base slot of a session: the same for all sessions of equal hours. */
export class TickTables {
  private readonly config: RunPlan['config'];
  private readonly byHours = new WeakMap<object, Uint8Array>();

  constructor({ config }: RunPlan) {
    this.config = config;
  }

  of(frame: Frame): Uint8Array {
    let table = this.byHours.get(frame.hours);
    if (!table) this.byHours.set(frame.hours, (table = tickTable(this.config, frame)));
    return table;
  }
}

function tickTable(config: RunPlan['config'], frame: Frame): Uint8Array {
  const { count, ends } = frame.grids[0]!;
  const { upkeep, prefetch, session } = config;
  const table = new Uint8Array(count);
  if (upkeep.enabled) markTicks(table, Due.gaps, frame, upkeep.checkIntervalSeconds);
  const begin = frame.session.close - prefetch.windowMinutes * minute;
  // However long the bars are, it can be asked for before the last of them where a window is set at all.
  const from = prefetch.windowMinutes > 0 && count > 1 ? Math.min(begin, ends[count - 2]!) : begin;
  if (prefetch.enabled) markTicks(table, Due.prefetch, frame, prefetch.checkIntervalMinutes * 60, from);
  for (let slot = 0; slot < count; slot++) if (table[slot] !== 0 || slot + 1 === count) table[slot]! |= Due.journal;
  markTicks(table, Due.boundary, frame, session.boundaryCheckSeconds);
  for (const closing of frame.closing)
    for (let slot = 0; slot < count; slot++) if (closing[slot]! >= 0) table[slot]! |= Due.derived;
  return table;
}
