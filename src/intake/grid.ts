import { intervalText } from '../bars/interval.ts';
import { minute } from '../time/instant.ts';
import type { Decision } from './audit.ts';
import type { SymbolBars } from './result.ts';
import { commonDivisor } from './symbol-steps.ts';

/**
 * Says how many bars of a dataset start at a time at which no slot of a session can: sessions open on whole minutes, so
 * that slots begin at multiples of a minute, or of the interval where that is shorter (in general, of the longest length
 * that divides both). Null when there are none. A bar that passes here may still be off the grid of a session; whoever lays
 * the session out counts those.
 */
export function gridDecision(symbols: readonly SymbolBars[], intervalMs: number): Decision | null {
  const unit = commonDivisor(intervalMs, minute);
  let off = 0;
  for (const { columns } of symbols)
    for (let i = 0; i < columns.count; i++) {
      const place = columns.start[i]! / unit;
      if (place !== Math.floor(place)) off++;
    }
  if (off === 0) return null;
  const value = `${off.toLocaleString('en-US')} ${off === 1 ? 'bar' : 'bars'} off the grid`;
  const reason = `slots of ${intervalText(intervalMs)} begin at multiples of ${intervalText(unit)}; such bars start within a slot and are not played`;
  return { name: 'grid', value, reason, guess: false };
}
