import type { Trade } from '../trade.ts';

/** A session as far as honesty looks at it. */
export interface PlayedSession {
  /** Epoch milliseconds; bars that start from `open` on, and before the next session's, are its own. */
  readonly open: number;
  /** Percent by symbol, as in the report. */
  readonly quality: Readonly<Record<string, number>>;
}

export interface HonestyInput {
  /** Closed trades, in the order in which they closed. */
  readonly trades: readonly Trade[];
  /** In the order of time. */
  readonly sessions: readonly PlayedSession[];
  /** Parameters that the strategy's user could choose. */
  readonly parameters: number;
}

/** One question to a run, and its answer. */
export interface HonestyCheck {
  /** Key in the report. */
  readonly id: string;
  readonly title: string;
  readonly value: number;
  /** `share`: of 1. `trades`: trades a parameter. `fills`: a number of them. */
  readonly unit: 'share' | 'fills' | 'trades';
  /** What the value is a share or a number of, as it stands behind it. */
  readonly of: string;
  readonly threshold: number;
  /** On which side of the threshold a value is doubtful. */
  readonly doubtfulWhen: 'above' | 'below';
  readonly doubtful: boolean;
  /** What it means, in plain words, with its figures. */
  readonly sentence: string;
  /** Places of the trades concerned in the list of trades. */
  readonly trades: readonly number[];
  /** What the closed trades would have made otherwise, money; null where the question has no such answer. */
  readonly otherProfit: number | null;
}

/** What shares of money are of, and of what fills are counted. */
export const ofProfit = 'of the profit of closed trades';
export const ofFills = 'of the fills of closed trades';

/** Money of all closed trades. */
export function profitOf(trades: readonly Trade[]): number {
  let profit = 0;
  for (const { pnl } of trades) profit += pnl;
  return profit;
}

/** How large a part is of a whole, both as amounts; of nothing any part is all. */
export function shareOf(part: number, whole: number): number {
  return part === 0 ? 0 : whole === 0 ? 1 : Math.abs(part) / Math.abs(whole);
}

/** Places of the trades of which that holds. */
export function placesOf(trades: readonly Trade[], holds: (trade: Trade) => boolean): number[] {
  const places: number[] = [];
  trades.forEach((trade, place) => {
    if (holds(trade)) places.push(place);
  });
  return places;
}

export function percentText(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

export function moneyText(money: number): string {
  return money.toFixed(2);
}

export function countText(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
