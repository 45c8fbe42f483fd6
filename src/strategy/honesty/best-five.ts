import { moneyText, ofProfit, percentText, profitOf, shareOf, type HonestyCheck, type HonestyInput } from './check.ts';

const dropped = 5;
const threshold = 0.5;

/** What the result would be without the five trades that made most. */
export function bestFive({ trades }: HonestyInput): HonestyCheck {
  const best = trades
    .map((_, place) => place)
    .filter((place) => trades[place]!.pnl > 0)
    .sort((a, b) => trades[b]!.pnl - trades[a]!.pnl || a - b)
    .slice(0, dropped);
  const profit = profitOf(trades);
  const theirs = profitOf(best.map((place) => trades[place]!));
  const value = shareOf(theirs, profit);
  return {
    id: 'bestFive',
    title: 'Without the best five trades',
    value,
    unit: 'share',
    of: ofProfit,
    threshold,
    doubtfulWhen: 'above',
    doubtful: value > threshold,
    sentence:
      best.length === 0
        ? 'No trade made a profit.'
        : `Without the best ${best.length === 1 ? 'trade' : `${best.length} trades`} closed trades would have made ${moneyText(profit - theirs)} ` +
          `instead of ${moneyText(profit)}; they come to ${percentText(value)} of that.`,
    trades: best,
    otherProfit: profit - theirs,
  };
}
