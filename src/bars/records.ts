/** Records of instants: quotes (the best bid and ask) or ticks (single trades). */
export type RecordKind = 'quotes' | 'ticks';

/** What a dataset holds: bars of one interval, or records. */
export type DataKind = 'bars' | RecordKind;

/** The values of a record besides its time, in the order of the columns. A size that a file does not tell is 0. */
export const recordFields = {
  quotes: ['bid', 'ask', 'bidSize', 'askSize'],
  ticks: ['price', 'size'],
} as const satisfies Record<RecordKind, readonly string[]>;

/**
 * Records of one symbol and one kind by column, in time order; those of one millisecond in the order in which they came. Only
 * the first `count` entries count.
 */
export interface RecordColumns {
  count: number;
  /** Epoch milliseconds. */
  time: Float64Array;
  /** By field of the kind. */
  values: Float64Array[];
}

/** Room for `capacity` records, empty. */
export function recordColumns(kind: RecordKind, capacity: number): RecordColumns {
  return {
    count: 0,
    time: new Float64Array(capacity),
    values: recordFields[kind].map(() => new Float64Array(capacity)),
  };
}
