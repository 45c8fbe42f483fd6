/** What a bar or a run of bars can look suspicious by, in the order in which it is told. */
export const flagKinds = [
  'price off by a factor',
  'split-like jump',
  'stale price',
  'no volume',
  'off the grid',
  'outside all sessions',
  'wrong zone',
  'wrong unit',
] as const;
export type FlagKind = (typeof flagKinds)[number];

/** Something suspicious about bars that were taken. Nothing is changed for it. */
export interface Flag {
  readonly kind: FlagKind;
  readonly symbol: string;
  /** Start of the first and of the last bar that it is about, in epoch milliseconds; equal for one bar. */
  readonly start: number;
  readonly end: number;
  /** What was seen, with its values and the threshold, as a sentence. */
  readonly detail: string;
}

/** Flags by kind; kinds without any are left out. */
export type FlagCounts = Readonly<Partial<Record<FlagKind, number>>>;
