import { Provenance } from '../../bars/provenance.ts';
import type { FillFacts } from '../fill-facts.ts';
import { Doubt, type Trade } from '../trade.ts';
import {
  countText,
  moneyText,
  ofFills,
  ofProfit,
  percentText,
  placesOf,
  profitOf,
  shareOf,
  type HonestyCheck,
  type HonestyInput,
} from './check.ts';
import { countFills, fillsOf } from './fills.ts';

/** The bar did not come with the feed, or was made of fewer bars than it should be. */
const isDoubtful = ({ provenance, doubts }: FillFacts): boolean =>
  (doubts & Doubt.filledBar) !== 0 ||
  provenance === Provenance.filled ||
  provenance === Provenance.repaired ||
  provenance === Provenance.madeUp ||
  provenance === Provenance.incomplete;

/** Upkeep brought the bar: it was not there when it should have been. */
const isFromUpkeep = ({ provenance, doubts }: FillFacts): boolean =>
  (doubts & Doubt.filledBar) !== 0 || provenance === Provenance.filled || provenance === Provenance.repaired;

const touches = (trade: Trade, holds: (fill: FillFacts) => boolean): boolean => holds(trade.entry) || holds(trade.exit);

const mostFills = 0.01;
const mostResult = 0.1;

/** Fills on bars that upkeep filled or repaired, that were made up or that are incomplete. */
export function doubtfulBars({ trades }: HonestyInput): HonestyCheck {
  const count = countFills(trades, isDoubtful);
  const value = count === 0 ? 0 : count / fillsOf(trades).size;
  return {
    id: 'doubtfulBars',
    title: 'Fills on filled or incomplete bars',
    value,
    unit: 'share',
    of: ofFills,
    threshold: mostFills,
    doubtfulWhen: 'above',
    doubtful: value > mostFills,
    sentence:
      count === 0
        ? 'Every fill was on a bar that came with the feed.'
        : `${countText(count, 'fill')}, ${percentText(value)} of all, ${count === 1 ? 'was' : 'were'} on bars that were filled, ` +
          'repaired, made up or incomplete: nobody could have traded on them when they should have been there.',
    trades: placesOf(trades, (trade) => touches(trade, isDoubtful)),
    otherProfit: null,
  };
}

/** What the result would be without the trades that were entered or left on bars of upkeep. */
export function upkeepFills({ trades }: HonestyInput): HonestyCheck {
  const places = placesOf(trades, (trade) => touches(trade, isFromUpkeep));
  const profit = profitOf(trades);
  const theirs = profitOf(places.map((place) => trades[place]!));
  const value = shareOf(theirs, profit);
  return {
    id: 'upkeepFills',
    title: 'Result without the fills of upkeep',
    value,
    unit: 'share',
    of: ofProfit,
    threshold: mostResult,
    doubtfulWhen: 'above',
    doubtful: value > mostResult,
    sentence:
      places.length === 0
        ? 'No trade was entered or left on a bar that upkeep brought.'
        : `Without the ${countText(places.length, 'trade')} that touch${places.length === 1 ? 'es' : ''} bars of upkeep closed trades would have made ` +
          `${moneyText(profit - theirs)} instead of ${moneyText(profit)}.`,
    trades: places,
    otherProfit: profit - theirs,
  };
}
