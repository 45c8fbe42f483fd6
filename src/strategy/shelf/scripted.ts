import type { OrderTerms } from '../broker/order.ts';
import type { Definition } from '../definition.ts';
import type { Desk } from '../desk.ts';
import type { HandOrder } from '../hand-order.ts';
import { lineFault, lineOf, lines, linesMust, mostLines, type ScriptLine } from '../script.ts';
import type { HandScript, Strategy } from '../strategy.ts';

interface ScriptedParams extends Readonly<Record<string, unknown>> {
  readonly orders: readonly ScriptLine[];
}

/** Gives the orders of its script, each at its moment; lines of one moment in their order. Takes more of them by hand. */
class Scripted implements Strategy, HandScript {
  orders: readonly ScriptLine[];
  /** Lines whose moment has come. */
  private passed = 0;
  /** The moment that is: bars so far, and moments since the last of them. */
  private atBar = 0;
  private after = 0;

  constructor(orders: readonly ScriptLine[]) {
    this.orders = orders
      .map((line, i) => ({ line, i }))
      .sort((a, b) => a.line.bar - b.line.bar || a.line.after - b.line.after || a.i - b.i)
      .map(({ line }) => line);
  }

  get hand(): HandScript {
    return this;
  }

  get ahead(): number {
    return this.orders.length - this.passed;
  }

  sessionOpen(desk: Desk): void {
    this.moment(desk);
  }

  instant(desk: Desk): void {
    this.moment(desk);
  }

  take(desk: Desk, order: HandOrder, isNow: boolean): string | null {
    if (order.op === 'forget') {
      this.orders = this.orders.slice(0, this.passed);
      return null;
    }
    if (desk.isHistory || this.atBar === 0) return 'Orders can be given once the first bar of the run has ended';
    const after = this.after + (isNow ? 0 : 1);
    const asked = linesFor(desk, order, this.atBar, after);
    for (const line of asked) {
      const fault = lineFault(line);
      if (fault !== undefined) return fault;
    }
    const isOpening = order.op === 'buy' || order.op === 'sell';
    if (isOpening && !desk.mayOrder(order.symbol))
      return `${desk.symbols[order.symbol] ?? 'The symbol'} has had too few bars yet to be traded`;
    if (asked.length === 0)
      return order.op === 'close' ? 'Nothing is held of the symbol' : 'Nothing is held, and no order waits';
    // What the script would have done later belongs to another course of the run.
    const kept = this.orders.filter((line, i) => i < this.passed || (line.bar === this.atBar && line.after <= after));
    if (kept.length + asked.length > mostLines) return `A script has at most ${mostLines} orders, which are given`;
    this.orders = [...kept, ...asked];
    if (isNow) this.giveUpTo(desk);
    return null;
  }

  private moment(desk: Desk): void {
    if (desk.barCount === this.atBar) this.after++;
    else this.after = 0;
    this.atBar = desk.barCount;
    this.giveUpTo(desk);
  }

  /** Gives what is due; what was due before the run could order is gone. */
  private giveUpTo(desk: Desk): void {
    for (; this.passed < this.orders.length; this.passed++) {
      const line = this.orders[this.passed]!;
      const isDue = line.bar < this.atBar || (line.bar === this.atBar && line.after <= this.after);
      if (!isDue) return;
      if (line.bar === this.atBar && line.after === this.after) give(desk, line);
    }
  }
}

/** The lines that an order by hand comes to; none where it has nothing to do. */
function linesFor(desk: Desk, { op, order, ...terms }: HandOrder, bar: number, after: number): ScriptLine[] {
  const at = { bar, after };
  if (op === 'buy' || op === 'sell') return [lineOf({ ...at, ...terms, op })];
  if (op === 'cancel') return [lineOf({ ...at, op, order })];
  const closes = (symbol: number): ScriptLine => lineOf({ ...at, op: 'close', symbol });
  const held = new Set(desk.trades.map(({ symbol }) => symbol));
  if (op === 'close') return held.has(terms.symbol) ? [closes(terms.symbol)] : [];
  const cancels = desk.orders
    .filter(({ role }) => role === 'entry')
    .map(({ id }) => lineOf({ ...at, op: 'cancel', order: id }));
  return [...cancels, ...[...held].map(closes)];
}

function give(desk: Desk, line: ScriptLine): void {
  const { op, symbol, portion } = line;
  if (op === 'cancel') desk.cancel(line.order!);
  else if (op === 'close') desk.closePosition(symbol, portion);
  else if (op === 'closeOne') desk.closeOldest(symbol, portion);
  else if (op === 'buy') desk.buy(symbol, termsOf(line));
  else desk.sell(symbol, termsOf(line));
}

function termsOf({ size, limit, stop, sl, tp }: ScriptLine): OrderTerms {
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
  title: 'By hand, or from a list',
  paragraph:
    'You give the orders yourself while the tape plays, under Trading. They are kept here as a list, each with its bar, so that a run that was traded by hand can be played again, shared and compared like any other. The list can also be written.',
  source: 'Tapedeck',
  params: {
    orders: {
      kind: lines,
      default: [],
      help: 'Orders, each with its bar (the first one is 1), buy, sell, close, closeOne or cancel, and size, limit, stop, sl, tp, portion, symbol (its place) or order (its number); after counts slots without a bar and opens of sessions since that bar.',
    },
  },
  together({ orders }) {
    const must = linesMust(orders);
    return must === undefined ? undefined : { param: 'orders', must };
  },
  make: ({ orders }) => new Scripted(orders),
};
