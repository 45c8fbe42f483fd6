import { choice, list, number, orNull, record, whole, type Kind } from '../../config/kinds.ts';
import type { OrderTerms } from '../broker/order.ts';
import type { Definition } from '../definition.ts';
import type { Desk } from '../desk.ts';
import type { Strategy } from '../strategy.ts';

/** One order of the script: at the end of delivered bar `bar`, counted from 1. */
interface Line {
  readonly bar: number;
  readonly op: 'buy' | 'sell' | 'close' | 'closeOne';
  readonly size: number | null;
  readonly limit: number | null;
  readonly stop: number | null;
  readonly sl: number | null;
  readonly tp: number | null;
  readonly portion: number;
  /** Place of the symbol in the run. */
  readonly symbol: number;
}

interface ScriptedParams extends Readonly<Record<string, unknown>> {
  readonly orders: readonly Line[];
}

const price = orNull(number(0, 1e12));
const none = { size: null, limit: null, stop: null, sl: null, tp: null, portion: 1, symbol: 0 };
const lines: Kind<readonly Line[]> = list(
  record(
    {
      bar: whole(1, 1e9),
      op: choice('buy', 'sell', 'close', 'closeOne'),
      size: orNull(number(0, 1e12)),
      limit: price,
      stop: price,
      sl: price,
      tp: price,
      portion: number(0, 1),
      symbol: whole(0, 9_999),
    },
    none,
  ),
  'orders',
  [0, 10_000],
  (line) => line,
) as Kind<readonly Line[]>;

/** Gives the orders of its script, each at its bar; lines of one bar in their order. */
class Scripted implements Strategy {
  private readonly orders: readonly Line[];
  private next = 0;

  constructor(orders: readonly Line[]) {
    this.orders = orders
      .map((line, i) => ({ line, i }))
      .sort((a, b) => a.line.bar - b.line.bar || a.i - b.i)
      .map(({ line }) => line);
  }

  instant(desk: Desk): void {
    const { orders } = this;
    for (; this.next < orders.length && orders[this.next]!.bar <= desk.barCount; this.next++) {
      const line = orders[this.next]!;
      // A bar that passed before the run could order is gone.
      if (line.bar === desk.barCount) give(desk, line);
    }
  }
}

function give(desk: Desk, line: Line): void {
  const { op, symbol, portion } = line;
  if (op === 'close') desk.closePosition(symbol, portion);
  else if (op === 'closeOne') desk.closeOldest(symbol, portion);
  else if (op === 'buy') desk.buy(symbol, termsOf(line));
  else desk.sell(symbol, termsOf(line));
}

function termsOf({ size, limit, stop, sl, tp }: Line): OrderTerms {
  return {
    ...(size !== null && { size }),
    ...(limit !== null && { limit }),
    ...(stop !== null && { stop }),
    ...(sl !== null && { sl }),
    ...(tp !== null && { tp }),
  };
}

export const scripted: Definition<ScriptedParams> = {
  name: 'scripted',
  title: 'Scripted orders',
  paragraph:
    'Gives the orders of a list, each at the end of its bar: a way to repeat a run that was traded by hand, or to try how orders are filled.',
  source: 'Tapedeck',
  params: {
    orders: {
      kind: lines,
      default: [],
      help: 'Orders, each with its bar (the first one is 1), buy, sell, close or closeOne, and size, limit, stop, sl, tp or portion.',
    },
  },
  together({ orders }) {
    const wrong = orders.find(({ size }) => size !== null && (size === 0 || (size >= 1 && !Number.isInteger(size))));
    if (wrong) return { param: 'orders', must: 'of sizes that are a share below 1, or whole units from 1 on' };
    if (orders.some(({ portion }) => portion === 0)) return { param: 'orders', must: 'of portions above 0' };
    return undefined;
  },
  make: ({ orders }) => new Scripted(orders),
};
