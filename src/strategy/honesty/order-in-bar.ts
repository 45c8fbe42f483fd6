import { Doubt, type Trade } from '../trade.ts';
import {
  countText,
  moneyText,
  ofProfit,
  percentText,
  placesOf,
  profitOf,
  shareOf,
  type HonestyCheck,
  type HonestyInput,
} from './check.ts';
import { countFills } from './fills.ts';

const threshold = 0.1;

const isDoubtful = ({ entry, exit }: Trade): boolean => ((entry.doubts | exit.doubts) & Doubt.orderInBar) !== 0;

/** What the trade would have made more or less, had the events inside of the bars of its fills come in the other order. */
function difference({ size, entryPrice, exitPrice, entry, exit }: Trade): number {
  const atEntry = entry.otherPrice === null ? 0 : size * (entryPrice - entry.otherPrice);
  const atExit = exit.otherPrice === null ? 0 : size * (exit.otherPrice - exitPrice);
  return atEntry + atExit;
}

/**
 * Fills that depended on the order of events inside a bar, and how much hangs on them: a bar says where prices were, not when. Of a
 * stop and a target inside of one bar, one was first; the fill rules take the worse. The amounts are added up without their signs.
 */
export function orderInBar({ trades }: HonestyInput): HonestyCheck {
  const places = placesOf(trades, isDoubtful);
  const fills = countFills(trades, ({ doubts }) => (doubts & Doubt.orderInBar) !== 0);
  let [hangs, other] = [0, 0];
  for (const place of places) {
    hangs += Math.abs(difference(trades[place]!));
    other += difference(trades[place]!);
  }
  const profit = profitOf(trades);
  const value = shareOf(hangs, profit);
  return {
    id: 'orderInBar',
    title: 'Order of events inside a bar',
    value,
    unit: 'share',
    of: ofProfit,
    threshold,
    doubtfulWhen: 'above',
    doubtful: value > threshold,
    sentence:
      fills === 0
        ? 'No fill depended on the order of events inside a bar.'
        : `${countText(fills, 'fill')} depended on what came first inside a bar; ${moneyText(hangs)} hang on it, ` +
          `${percentText(value)} of the profit of closed trades. Bars that are shorter would tell.`,
    trades: places,
    otherProfit: profit + other,
  };
}
