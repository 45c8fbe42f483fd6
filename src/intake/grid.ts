import type { BarColumns } from '../bars/columns.ts';
import { intervalText } from '../bars/interval.ts';
import { minute } from '../time/instant.ts';
import type { Decision } from './audit.ts';
import { commonDivisor } from './symbol-steps.ts';

/** Counts bars by the time at which they start within a minute. */
export class MinutePlaces {
  private readonly counts = new Map<number, number>();

  add({ start, count }: BarColumns): void {
    for (let i = 0; i < count; i++) {
      const at = start[i]!;
      const place = at - Math.floor(at / minute) * minute;
      if (place !== 0) this.counts.set(place, (this.counts.get(place) ?? 0) + 1);
    }
  }

  /** Bars that start at no multiple of a length that divides the minute. */
  off(unitMs: number): number {
    let off = 0;
    for (const [place, bars] of this.counts) if (place % unitMs !== 0) off += bars;
    return off;
  }
}

/**
 * Says how many bars of a dataset start at a time at which no slot of a session can: sessions open on whole minutes, so
 * that slots begin at multiples of a minute, or of the interval where that is shorter (in general, of the longest length
 * that divides both). Null when there are none. A bar that passes here may still be off the grid of a session; whoever lays
 * the session out counts those.
 */
export function gridDecision(places: MinutePlaces, intervalMs: number): Decision | null {
  const unit = commonDivisor(intervalMs, minute);
  const off = places.off(unit);
  if (off === 0) return null;
  const value = `${off.toLocaleString('en-US')} ${off === 1 ? 'bar' : 'bars'} off the grid`;
  const reason = `slots of ${intervalText(intervalMs)} begin at multiples of ${intervalText(unit)}; such bars start within a slot and are not played`;
  return { name: 'grid', value, reason, guess: false };
}
