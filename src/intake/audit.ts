import type { ChoiceName } from './choices.ts';
import type { Certainty } from './told.ts';

/** One decision that intake took about a file, with its reason. */
export interface Decision {
  /** What was decided: `columns`, `time unit`, `zone`, `stamp`, `symbol`, `interval`, `grid`, `delimiter`, … */
  readonly name: string;
  readonly value: string;
  readonly reason: string;
  /** The text leaves a choice open and the likeliest was taken. */
  readonly guess: boolean;
  /** How well it is known; absent where it is sure, and in older manifests. */
  readonly certainty?: Certainty;
  /** What the user may choose for it; absent where there is no choice, and in older manifests. */
  readonly choice?: ChoiceName;
}

/** A physical record that was not taken. */
export interface Rejection {
  readonly line: number;
  readonly reason: string;
  /** The record; of one that is very long the beginning, and how much more there was. */
  readonly text: string;
}

/** A record that is not in the dataset: one that was rejected, or lost against another one of its symbol and time. */
export interface LeftOut extends Omit<Rejection, 'line'> {
  /** The place of its file among the audits; of a bar that was stored before, the name of its dataset. */
  readonly file: number | string;
  /** Null where a stored bar does not know it any more. */
  readonly line: number | null;
  readonly kind: 'rejected' | 'conflict';
}

/**
 * Every physical record of a file is in exactly one count:
 * `records = accepted + duplicates + conflicts + rejected + headers + blanks`.
 */
export interface Audit {
  readonly file: string;
  readonly bytes: number;
  readonly records: number;
  readonly accepted: number;
  /** The same bar again, equal in every value. */
  readonly duplicates: number;
  /** The same symbol and time again with other values, and not taken: by the rule, all but the last, all but the first, or all of them. */
  readonly conflicts: number;
  readonly rejected: number;
  readonly headers: number;
  readonly blanks: number;
  /** Records that came before an earlier one of their symbol; they were sorted. */
  readonly outOfOrder: number;
  /** The first rejection for each reason, and how many there are of it. All are in a list of the dataset (`LeftOut`). */
  readonly rejections: readonly Rejection[];
  readonly reasons: Readonly<Record<string, number>>;
  /** Columns that are in the file and not in the dataset. */
  readonly ignoredColumns: readonly string[];
  readonly decisions: readonly Decision[];
}
