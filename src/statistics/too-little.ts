import { day, second } from '../time/instant.ts';
import type { Basis } from './definition.ts';

/** How much there is of a run. */
export interface Extent {
  /** Between the starts of its first and last bar. */
  readonly seconds: number;
  /** Local days with a bar. */
  readonly days: number;
  /** Closed ones. */
  readonly trades: number;
}

/**
 * Returns of less than a year are not to be scaled to one: Global Investment Performance Standards, 2010, provision I.5.A.4. A year of
 * sessions has holidays at both of its ends, and counts as one from 51 weeks on.
 */
const leastSeconds = (51 * 7 * day) / second;

/** Trades from which a system's quality is told: Tharp, “The Definitive Guide to Position Sizing”, 2008. */
export const leastTrades = 30;

/** Whether a run has too little of what a figure is made of for it to mean much. */
export function isTooLittle(basis: Basis, { seconds, trades }: Extent): boolean {
  return basis === 'year' ? seconds < leastSeconds : trades < leastTrades;
}
