import { dayNumber } from '../time/day.ts';
import type { DayText } from '../time/instant.ts';

export const adjustmentKinds = ['split', 'dividend'] as const;

/**
 * What changes the price of a share by itself. `date` is the ex-date, the first session that is traded without it. `value` is of a split
 * the shares that one share becomes (4 for four for one, 0.1 for one for ten), of a dividend the money that a share gets as it was
 * before that date, in the price's currency; several dividends of a date add up.
 */
export interface Adjustment {
  readonly date: DayText;
  readonly kind: (typeof adjustmentKinds)[number];
  readonly value: number;
}

/** The splits and dividends of symbols, by name, each in the order of dates, splits after dividends. */
export interface Adjustments {
  /** `sha256:` and 64 hex digits over all of them. */
  readonly sha256: string;
  readonly bySymbol: Readonly<Record<string, readonly Adjustment[]>>;
  /** By symbol the name of the file that told it; no part of the hash. Nothing where that is not known. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Why this cannot be, naming the value and what would be right; the empty text when it can. */
export function adjustmentFault({ date, kind, value }: Adjustment): string {
  if (Number.isNaN(dayNumber(date))) return `the date was "${date}"; it must be one that exists, written YYYY-MM-DD`;
  if (!adjustmentKinds.includes(kind)) return `the kind was "${kind}"; it must be split or dividend`;
  if (value > 0 && value <= 1e9) return '';
  const must =
    kind === 'split' ? 'the shares that one share becomes, such as 4 or 0.1' : 'the money a share, such as 0.24';
  return `the value was ${value}; of a ${kind} it must be ${must}`;
}
