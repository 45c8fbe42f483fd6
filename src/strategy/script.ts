import * as v from 'valibot';
import { choice, list, number, orNull, positive, record, whole, type Kind } from '../config/kinds.ts';
import { findingOf } from '../config/explain.ts';
import type { Params } from './definition.ts';

/** One order of a script: at the end of delivered bar `bar`, counted from 1. Prices and sizes are null where there is none. */
export interface ScriptLine {
  readonly bar: number;
  /** So many moments after that: ends of base slots that brought no bar, and opens of sessions. */
  readonly after: number;
  readonly op: 'buy' | 'sell' | 'close' | 'closeOne' | 'cancel';
  readonly size: number | null;
  readonly limit: number | null;
  readonly stop: number | null;
  readonly sl: number | null;
  readonly tp: number | null;
  readonly portion: number;
  /** Place of the symbol in the run. */
  readonly symbol: number;
  /** Of `cancel`: the number of the order, as the run counts them. */
  readonly order: number | null;
}

export const mostLines = 10_000;

/** Sizes and prices that an order may have at most. */
export const mostAmount = 1e12;

const aboveZero = orNull(positive(mostAmount));
const blank = {
  after: 0,
  size: null,
  limit: null,
  stop: null,
  sl: null,
  tp: null,
  portion: 1,
  symbol: 0,
  order: null,
} as const;

const line = record(
  {
    bar: whole(1, 1e9),
    after: whole(0, 1e9),
    op: choice('buy', 'sell', 'close', 'closeOne', 'cancel'),
    size: aboveZero,
    limit: aboveZero,
    stop: aboveZero,
    sl: aboveZero,
    tp: aboveZero,
    portion: number(0, 1),
    symbol: whole(0, 9_999),
    order: orNull(whole(1, 1e9)),
  },
  blank,
) as Kind<ScriptLine>;

export const lines = list(line, 'orders', [0, mostLines], (each) => each) as Kind<readonly ScriptLine[]>;

/** What lines must be that are each right by themselves, as the end of "it must be"; undefined where they are. */
export function linesMust(orders: readonly ScriptLine[]): string | undefined {
  const wrong = orders.find(({ size }) => size !== null && size >= 1 && !Number.isInteger(size));
  if (wrong) return 'of sizes that are a share below 1, or whole units from 1 on';
  if (orders.some(({ portion }) => portion === 0)) return 'of portions above 0';
  if (orders.some(({ op, order }) => (op === 'cancel') !== (order !== null)))
    return 'with an order to cancel where the op is cancel, and nowhere else';
  return undefined;
}

/** What is wrong with an order that is to become a line, in a sentence; undefined where nothing is. */
export function lineFault(order: ScriptLine): string | undefined {
  const read = v.safeParse(line.schema, order, { abortPipeEarly: true });
  if (!read.success) return findingOf({ name: 'order', kind: line }, read.issues[0]).message;
  const must = linesMust([order]);
  return must === undefined ? undefined : `The order was not right; orders must be ${must}`;
}

/** A line as configurations write it: without what is none. */
export function briefLine(order: ScriptLine): Partial<ScriptLine> {
  const said = Object.entries(order).filter(([key, value]) => value !== blank[key as keyof typeof blank]);
  return Object.fromEntries(said);
}

/** A line that says no more than given. */
export function lineOf(given: Pick<ScriptLine, 'bar' | 'op'> & Partial<ScriptLine>): ScriptLine {
  return { ...blank, ...given };
}

/** The lines of a script that was planned. */
export function linesOf(params: Params): readonly ScriptLine[] {
  return params['orders'] as readonly ScriptLine[];
}
