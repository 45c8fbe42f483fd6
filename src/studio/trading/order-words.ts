import type { RefusedTold } from '../../strategy/book-piece.ts';
import type { HandOrder } from '../../strategy/hand-order.ts';
import { priceWords, unitWords } from './trade-words.ts';

/** What was asked by hand, in a sentence: `Buy 10 SPY at the limit 101.20, stop-loss 99.00: given, and counts from the next bar on.` */
export function orderWords({ op, size, limit, stop, sl, tp, order }: HandOrder, symbol: string): string {
  if (op === 'cancel') return `Order ${order} is cancelled.`;
  if (op === 'forget') return 'The orders ahead are dropped.';
  const counts = 'given, and counts from the next bar on.';
  if (op === 'flatten') return `Flatten all: ${counts}`;
  if (op === 'close') return `Close ${symbol}: ${counts}`;
  const how =
    limit !== null
      ? `at the limit ${priceWords(limit)}`
      : stop !== null
        ? `at the stop ${priceWords(stop)}`
        : 'at the market';
  const much =
    size === null ? 'all of the margin of' : size < 1 ? `${unitWords(size * 100)} % of the margin of` : unitWords(size);
  const guards = [
    ...(sl === null ? [] : [`stop-loss ${priceWords(sl)}`]),
    ...(tp === null ? [] : [`take-profit ${priceWords(tp)}`]),
  ];
  return `${[`${op === 'buy' ? 'Buy' : 'Sell'} ${much} ${symbol} ${how}`, ...guards].join(', ')}: ${counts}`;
}

/** `The broker refused order 4, SPY: the margin is not enough.` */
export function refusedWords({ order, reason }: RefusedTold, symbol: string): string {
  return `The broker refused order ${order}, ${symbol}: ${reason}.`;
}
