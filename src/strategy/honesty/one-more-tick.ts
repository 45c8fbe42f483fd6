import type { Trade } from '../trade.ts';
import {
  moneyText,
  ofProfit,
  percentText,
  placesOf,
  profitOf,
  shareOf,
  type HonestyCheck,
  type HonestyInput,
} from './check.ts';
import { priceStep } from './price-step.ts';

const threshold = 0.25;

/** What the result would be if entry and exit of every trade were one smallest step of the price worse. */
export function oneMoreTick({ trades }: HonestyInput): HonestyCheck {
  const steps = stepsOf(trades);
  const costOf = ({ symbol, size }: Trade): number => 2 * Math.abs(size) * steps.get(symbol)!;
  let cost = 0;
  for (const trade of trades) cost += costOf(trade);
  const profit = profitOf(trades);
  const value = shareOf(cost, profit);
  const turned = placesOf(trades, (trade) => trade.pnl > 0 && trade.pnl - costOf(trade) <= 0);
  return {
    id: 'oneMoreTick',
    title: 'One more tick of slippage',
    value,
    unit: 'share',
    of: ofProfit,
    threshold,
    doubtfulWhen: 'above',
    doubtful: value > threshold,
    sentence:
      trades.length === 0
        ? 'There is no closed trade.'
        : `If every fill were one tick worse, closed trades would have made ${moneyText(profit - cost)} instead of ${moneyText(profit)}; ` +
          `the difference is ${percentText(value)} of that, and ${turned.length} of the winning trades would win no more.`,
    trades: turned,
    otherProfit: profit - cost,
  };
}

/** By symbol: the smallest step of its prices, as the bars of its fills show. */
function stepsOf(trades: readonly Trade[]): Map<string, number> {
  const prices = new Map<string, number[]>();
  for (const { symbol, entry, exit } of trades) {
    const known = prices.get(symbol) ?? [];
    known.push(entry.low, entry.high, exit.low, exit.high);
    prices.set(symbol, known);
  }
  return new Map([...prices].map(([symbol, known]) => [symbol, priceStep(known)]));
}
