/** A set-up to start from: settings in the shape of a configuration, all else at its default. Which bars are played and the strategy are left as they are. */
export interface Preset {
  readonly name: string;
  /** One sentence: what it is for. */
  readonly help: string;
  readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** It shows gaps being mended: they are filled from the dataset that is played where nothing else fills them. */
  readonly mends?: true;
}

export const presets: readonly Preset[] = [
  {
    name: 'US equities, minute by minute',
    help: 'Regular hours of New York with 5m and 15m bars and five sessions of history.',
    settings: {
      session: { calendar: 'XNYS', hours: 'regular' },
      upkeep: { derivedIntervals: ['5m', '15m'] },
      replay: { speed: 600 },
    },
  },
  {
    name: 'Crypto, around the clock',
    help: 'Every day of UTC from midnight to midnight, one after the other without a delay.',
    settings: {
      session: { calendar: '24/7', rollDelayMinutes: 0 },
      upkeep: { derivedIntervals: ['15m', '1h', '4h'] },
      history: { intervals: ['1m', '15m'] },
      replay: { speed: 3_600 },
    },
  },
  {
    name: 'Daily swing',
    help: 'Bars of a day, made of shorter ones where the data has those, with a year of history and bars of five sessions.',
    settings: {
      data: { interval: '1d' },
      upkeep: { derivedIntervals: ['5d'] },
      history: { windows: [{ interval: '1d', sessions: 250 }] },
      replay: { speed: 'max' },
    },
  },
  {
    name: 'Broken feed',
    help: 'Bars are lost, late, doubled, out of order and damaged, the same ones each time: watch upkeep mend them, from the dataset itself where nothing else is chosen.',
    settings: {
      feed: { dropRate: 0.03, delayRate: 0.02, duplicateRate: 0.01, reorderRate: 0.01, corruptRate: 0.005 },
      replay: { speed: 600 },
    },
    mends: true,
  },
];
