import { instant, isoText } from '../time/instant.ts';
import type { ConflictRule } from './choices.ts';

/** The values of a bar. */
export interface BarValues {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

const fates: Record<ConflictRule, string> = {
  last: 'which was taken as the last one',
  first: 'which was taken as the first one',
  reject: 'so that neither was taken',
};

/** Why a bar was left out that contradicts another one, which stands `where` (`line 5 of SPY.csv`). */
export function contradiction(
  symbol: string,
  start: number,
  where: string,
  other: BarValues,
  rule: ConflictRule,
): string {
  return `${symbol} at ${isoText(instant(start))} has other values in ${where} (${barText(other)}), ${fates[rule]}`;
}

/** A bar as it stands in the list of what was left out. */
export function barText({ open, high, low, close, volume }: BarValues): string {
  return `open ${open} high ${high} low ${low} close ${close} volume ${volume}`;
}
