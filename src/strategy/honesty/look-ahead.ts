import type { FillFacts } from '../fill-facts.ts';
import { Doubt, type Trade } from '../trade.ts';
import { countText, ofFills, placesOf, type HonestyCheck, type HonestyInput } from './check.ts';

/** The bar of a fill had ended before the order was given, or its price lies where the bar was not. */
const isImpossible = ({ doubts, givenBar }: FillFacts, bar: number): boolean =>
  (doubts & Doubt.impossible) !== 0 || bar <= givenBar;

const touches = ({ entry, exit, entryBar, exitBar }: Trade): boolean =>
  isImpossible(entry, entryBar) || isImpossible(exit, exitBar);

/** The guard against looking ahead: a fill needs a bar after its order, and a price that the bar had. */
export function lookAhead({ trades }: HonestyInput): HonestyCheck {
  const impossible = new Set<FillFacts>();
  for (const { entry, exit, entryBar, exitBar } of trades) {
    if (isImpossible(entry, entryBar)) impossible.add(entry);
    if (isImpossible(exit, exitBar)) impossible.add(exit);
  }
  const count = impossible.size;
  return {
    id: 'lookAhead',
    title: 'Fills that nobody could have had',
    value: count,
    unit: 'fills',
    of: ofFills,
    threshold: 0,
    doubtfulWhen: 'above',
    doubtful: count > 0,
    sentence:
      count === 0
        ? 'Every fill was on a bar that came after its order, at a price that the bar had.'
        : `${countText(count, 'fill')} ${count === 1 ? 'was' : 'were'} outside of the bar, or on a bar that had ended when the order was ` +
          'given. The parity rules allow this; the honest ones do not.',
    trades: placesOf(trades, touches),
    otherProfit: null,
  };
}
