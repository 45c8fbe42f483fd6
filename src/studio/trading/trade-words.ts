import type { OrderTold } from '../../strategy/book-piece.ts';
import { Doubt } from '../../strategy/trade.ts';
import { day } from '../../time/instant.ts';
import { dateLabel, minuteLabel } from '../labels.ts';

const amounts = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const units = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });

/** `101.25`, `1.08512`: two decimals, and more of small prices. */
export function priceWords(price: number): string {
  if (Number.isNaN(price)) return '–';
  const most = Math.abs(price) < 10 ? 6 : Math.abs(price) < 1_000 ? 4 : 2;
  return price.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: most });
}

/** `+12.30`, `−4.10`: a gain or a loss, told by its sign. */
export function gainWords(money: number): string {
  if (Number.isNaN(money)) return '–';
  const text = amounts.format(Math.abs(money));
  return text === '0.00' ? text : `${money > 0 ? '+' : '−'}${text}`;
}

/** `+1.24 %` of a share. */
export function shareWords(share: number): string {
  const text = gainWords(share * 100);
  return text === '–' ? text : `${text} %`;
}

export function unitWords(size: number): string {
  return units.format(Math.abs(size));
}

/** A side by its arrow and its word. */
export function sideWords(size: number): string {
  return size > 0 ? '▲ long' : size < 0 ? '▼ short' : 'even';
}

/** `29 Nov 2024 10:47` on the wall of the zone, the date alone of bars of a day. */
export function barTimeWords(at: number, intervalMs: number, zone: string): string {
  const date = dateLabel(at, zone).slice(4);
  return intervalMs < day ? `${date} ${minuteLabel(at, zone)}` : date;
}

const doubtNames: readonly (readonly [number, string])[] = [
  [Doubt.orderInBar, 'order in bar'],
  [Doubt.filledBar, 'filled bar'],
  [Doubt.sessionEdge, 'session edge'],
  [Doubt.partFilled, 'part filled'],
  [Doubt.impossible, 'outside its bar'],
];

/** Why fills are doubtful; empty where they are not. */
export function doubtWords(doubts: number): string {
  return doubtNames
    .filter(([bit]) => (doubts & bit) !== 0)
    .map(([, name]) => name)
    .join(', ');
}

const roleNames = { entry: 'entry', close: 'close', sl: 'stop-loss', tp: 'take-profit' } as const;

export function roleWords({ role }: OrderTold): string {
  return roleNames[role];
}

/** `limit 101.20, stop 99.00`, `market`. */
export function termsWords({ limit, stop, sl, tp, at }: OrderTold): string {
  const parts = [
    ...(stop === null ? [] : [`stop ${priceWords(stop)}`]),
    ...(limit === null ? [] : [`limit ${priceWords(limit)}`]),
  ];
  const what = parts.length > 0 ? parts.join(', ') : at === 'next' ? 'market' : `market, on ${at}`;
  const bracket = [
    ...(sl === null ? [] : [`stop-loss ${priceWords(sl)}`]),
    ...(tp === null ? [] : [`take-profit ${priceWords(tp)}`]),
  ];
  return [what, ...bracket].join('; then ');
}

/** `100`, `50 % of the margin`, `20 % of the equity`. */
export function sizeWords({ size, role }: OrderTold): string {
  if (typeof size === 'number') {
    // Only an order that opens has a share for its size.
    if (size >= 1 || role !== 'entry') return unitWords(size);
    return size > 0.999 ? 'all of the margin' : `${units.format(size * 100)} % of the margin`;
  }
  if ('units' in size) return unitWords(size.units);
  if ('cash' in size) return `${amounts.format(size.cash)} of cash`;
  if ('equity' in size) return `${units.format(size.equity * 100)} % of the equity`;
  return `${units.format(size.risk * 100)} % at risk`;
}
