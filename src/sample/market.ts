import { barColumns, type BarColumns } from '../bars/columns.ts';
import { calendar } from '../time/calendar.ts';
import { minute } from '../time/instant.ts';
import type { Session } from '../time/session.ts';
import { Chance } from '../chance/chance.ts';

/** How a made-up symbol trades. */
interface Character {
  readonly name: string;
  readonly seed: number;
  /** What it costs at first, in cents. */
  readonly cents: number;
  /** Standard deviations of its moves, as parts of its price: in a minute at midday, and from a close to the next open. */
  readonly minuteMove: number;
  readonly nightMove: number;
  /** What it gains a session on average, as a part of its price. */
  readonly drift: number;
  /** Shares that trade in a minute at midday, about. */
  readonly shares: number;
  /** Share of the minutes at midday in which nobody trades. */
  readonly quiet: number;
}

const characters: readonly Character[] = [
  { name: 'ALFA', seed: 11, cents: 18_240, minuteMove: 6e-4, nightMove: 7e-3, drift: 2e-3, shares: 24_000, quiet: 0 },
  { name: 'BRAV', seed: 23, cents: 6_415, minuteMove: 3e-4, nightMove: 4e-3, drift: -5e-4, shares: 9_000, quiet: 0 },
  { name: 'CHAR', seed: 37, cents: 1_280, minuteMove: 7e-4, nightMove: 9e-3, drift: 1e-3, shares: 400, quiet: 0.22 },
];

/** Every minute of one symbol, of all sessions one after the other. */
export interface SymbolMarket {
  readonly name: string;
  /** A minute in which nobody traded has volume 0 and the last price. */
  readonly minutes: BarColumns;
}

export interface Market {
  readonly sessions: readonly Session[];
  readonly symbols: readonly SymbolMarket[];
}

/**
 * A made-up market: what would have traded, minute by minute, in 25 sessions of XNYS with a change of clocks (3 November), a
 * holiday (the 28th) and an early close (the 29th). The same in every engine: seeded, by + − × ÷ and sqrt alone.
 *
 * Simplified: prices are random walks in four steps a minute that know nothing of each other; moves and volume are larger
 * towards open and close, and for some minutes after a burst.
 */
export function sampleMarket(): Market {
  const sessions = calendar('XNYS').sessions('2024-10-25', '2024-11-29');
  return { sessions, symbols: characters.map((character) => traded(character, sessions)) };
}

function traded(character: Character, sessions: readonly Session[]): SymbolMarket {
  const { minuteMove, nightMove, drift, shares, quiet } = character;
  const chance = new Chance(character.seed);
  const minutes = barColumns(sessions.reduce((sum, { open, close }) => sum + (close - open) / minute, 0));
  let price = character.cents;
  let burst = 1;
  for (const { open, close } of sessions) {
    const count = (close - open) / minute;
    const lean = (drift + nightMove * chance.bell()) / count;
    for (let slot = 0; slot < count; slot++) {
      const middle = (2 * slot) / (count - 1) - 1;
      const liveliness = 0.7 + 1.8 * middle * middle;
      burst = chance.happens(1 / 150) ? 2.5 : 1 + 0.93 * (burst - 1);
      // The first minute trades always: the opening auction.
      const trades = slot === 0 || !chance.happens(quiet / liveliness);
      const first = Math.round(price);
      let [low, high] = [first, first];
      if (trades) {
        const move = 0.5 * minuteMove * Math.sqrt(liveliness) * burst;
        for (let step = 0; step < 4; step++) {
          price *= 1 + lean / 4 + move * chance.bell();
          const cents = Math.round(price);
          if (cents < low) low = cents;
          if (cents > high) high = cents;
        }
      }
      const i = minutes.count++;
      minutes.start[i] = open + slot * minute;
      minutes.open[i] = first / 100;
      minutes.high[i] = high / 100;
      minutes.low[i] = low / 100;
      minutes.close[i] = Math.round(price) / 100;
      minutes.volume[i] = trades ? 1 + Math.floor(shares * liveliness * burst * (0.4 + 1.2 * chance.part())) : 0;
    }
    price *= 1 + nightMove * chance.bell();
  }
  return { name: character.name, minutes };
}
