import { exponentialReach } from './exponential-reach.ts';

export type OverlayId = 'sma-short' | 'sma-middle' | 'sma-long' | 'ema' | 'vwap' | 'previous' | 'opening';

/** An overlay that can be chosen; its values are computed by `overlayValues` (overlay-values.ts), which comes with what draws them. */
export interface Overlay {
  readonly id: OverlayId;
  /** What it is called in lists, and, with its length, beside its values. */
  readonly words: string;
  readonly short: (length: number) => string;
  /** What its length counts; null where it has none. */
  readonly unit: 'bars' | 'minutes' | null;
  readonly length: { readonly least: number; readonly most: number; readonly usual: number };
  /** What it needs besides the bars in sight: so many bars before them, and whole sessions: that of the first bar, or the one before. */
  readonly barsBefore: (length: number) => number;
  readonly sessionsBefore: 0 | 1 | null;
  /** Its lines are broken where a session ends. */
  readonly bySession: boolean;
  /** Why there may be no value. */
  readonly needs: (length: number) => string;
}

const averageLengths = (usual: number): Overlay['length'] => ({ least: 2, most: 400, usual });
const noLength = { least: 0, most: 0, usual: 0 };

const simple = (id: OverlayId, usual: number): Overlay => ({
  id,
  words: 'Simple moving average',
  short: (length) => `SMA ${length}`,
  unit: 'bars',
  length: averageLengths(usual),
  barsBefore: (length) => length - 1,
  sessionsBefore: null,
  bySession: false,
  needs: (length) => `needs ${length} bars`,
});

export const overlays: readonly Overlay[] = [
  simple('sma-short', 20),
  simple('sma-middle', 50),
  simple('sma-long', 200),
  {
    id: 'ema',
    words: 'Exponential moving average',
    short: (length) => `EMA ${length}`,
    unit: 'bars',
    length: averageLengths(20),
    barsBefore: (length) => length * exponentialReach,
    sessionsBefore: null,
    bySession: false,
    needs: (length) => `needs ${length} bars`,
  },
  {
    id: 'vwap',
    words: 'VWAP of the session',
    short: () => 'VWAP',
    unit: null,
    length: noLength,
    barsBefore: () => 0,
    sessionsBefore: 0,
    bySession: true,
    needs: () => 'needs volume, and bars shorter than a day',
  },
  {
    id: 'previous',
    words: 'High, low and close of the session before',
    short: () => 'Previous',
    unit: null,
    length: noLength,
    barsBefore: () => 0,
    sessionsBefore: 1,
    bySession: true,
    needs: () => 'needs the session before in memory',
  },
  {
    id: 'opening',
    words: 'Opening range',
    short: (length) => `Opening ${length} min`,
    unit: 'minutes',
    length: { least: 1, most: 240, usual: 30 },
    barsBefore: () => 0,
    sessionsBefore: 0,
    bySession: true,
    needs: (length) => `needs bars that end within the first ${length} minutes`,
  },
];
