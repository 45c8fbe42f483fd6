import type { DayText } from '../time/instant.ts';
import type { Session } from '../time/session.ts';
import { minute } from '../time/instant.ts';
import { Chance } from '../chance/chance.ts';

/** What the feed of a symbol loses, and what the backup of it does not have either. */
interface Habit {
  readonly seed: number;
  /** Probability that a loss begins in a minute. */
  readonly loss: number;
  /** Share of the losses that go on for two to five minutes. */
  readonly runs: number;
}

const habits: Readonly<Record<string, Habit>> = {
  ALFA: { seed: 41, loss: 0.008, runs: 0.15 },
  BRAV: { seed: 43, loss: 0.0008, runs: 0 },
  CHAR: { seed: 47, loss: 0.006, runs: 0.3 },
};

/** Share of what the feed lost, and of the rest, that the backup misses. */
const missedTwice = 0.12;
const missedAlone = 0.002;

/** Losses that happen at a known place. */
interface Loss {
  readonly symbol: string;
  readonly date: DayText;
  /** Minutes after the open, and how many. */
  readonly slot: number;
  readonly slots: number;
  /** The backup has it. */
  readonly backed: boolean;
}

/** The first session begins with one of each kind, for whoever watches for ten seconds; chance begins after them. */
const firstDate = '2024-10-25';
const shownSlots = 30;
const losses: readonly Loss[] = [
  { symbol: 'ALFA', date: firstDate, slot: 3, slots: 1, backed: true },
  { symbol: 'ALFA', date: firstDate, slot: 7, slots: 1, backed: false },
  { symbol: 'BRAV', date: firstDate, slot: 10, slots: 1, backed: true },
  { symbol: 'ALFA', date: firstDate, slot: 15, slots: 3, backed: true },
  // An outage of one symbol, and one of the whole feed.
  { symbol: 'CHAR', date: '2024-11-06', slot: 140, slots: 47, backed: true },
  ...['ALFA', 'BRAV', 'CHAR'].map((symbol) => ({ symbol, date: '2024-11-13', slot: 200, slots: 6, backed: true })),
];

/** By minute of all sessions: which the feed has not, and which the backup has not. */
export interface Lost {
  readonly feed: Uint8Array;
  readonly backup: Uint8Array;
}

export function lostBars(symbol: string, sessions: readonly Session[]): Lost {
  const { seed, loss, runs } = habits[symbol]!;
  const chance = new Chance(seed);
  const count = sessions.reduce((sum, { open, close }) => sum + (close - open) / minute, 0);
  const lost = { feed: new Uint8Array(count), backup: new Uint8Array(count) };
  let at = 0;
  for (const { date, open, close } of sessions) {
    const slots = (close - open) / minute;
    let left = 0;
    for (let slot = date === firstDate ? shownSlots : 0; slot < slots; slot++) {
      if (left > 0) left--;
      else if (chance.happens(loss)) left = chance.happens(runs) ? 2 + chance.below(4) : 1;
      lost.feed[at + slot] = left > 0 ? 1 : 0;
      lost.backup[at + slot] = chance.happens(left > 0 ? missedTwice : missedAlone) ? 1 : 0;
    }
    for (const known of losses)
      if (known.symbol === symbol && known.date === date) {
        lost.feed.fill(1, at + known.slot, at + known.slot + known.slots);
        lost.backup.fill(known.backed ? 0 : 1, at + known.slot, at + known.slot + known.slots);
      }
    at += slots;
  }
  return lost;
}
