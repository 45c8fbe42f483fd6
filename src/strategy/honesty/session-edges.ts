import { Doubt } from '../trade.ts';
import { countText, ofFills, percentText, placesOf, type HonestyCheck, type HonestyInput } from './check.ts';
import { countFills, fillsOf } from './fills.ts';

const threshold = 0.1;

/** Fills in the first or the last bar of a session, where prices are made by auctions and spreads are at their widest. */
export function sessionEdges({ trades }: HonestyInput): HonestyCheck {
  const count = countFills(trades, ({ doubts }) => (doubts & Doubt.sessionEdge) !== 0);
  const value = count === 0 ? 0 : count / fillsOf(trades).size;
  return {
    id: 'sessionEdges',
    title: 'Fills at the edges of sessions',
    value,
    unit: 'share',
    of: ofFills,
    threshold,
    doubtfulWhen: 'above',
    doubtful: value > threshold,
    sentence:
      count === 0
        ? 'No fill was in the first or the last bar of a session.'
        : `${countText(count, 'fill')}, ${percentText(value)} of all, ${count === 1 ? 'was' : 'were'} in the first or the last bar of a ` +
          'session, where spreads are wide and auctions make the price.',
    trades: placesOf(trades, ({ entry, exit }) => ((entry.doubts | exit.doubts) & Doubt.sessionEdge) !== 0),
    otherProfit: null,
  };
}
