import { barColumns } from '../bars/columns.ts';
import type { Columns } from '../memory/block.ts';
import type { PlanSymbol, RunPlan } from '../session/plan.ts';
import { dayNumber, dayText } from '../time/day.ts';
import { dateOfDay } from '../time/day-stamp.ts';
import type { DayText } from '../time/instant.ts';
import { marketOf } from '../time/session-calendar.ts';
import type { Session } from '../time/session.ts';
import { openChunk } from './chunk.ts';
import type { Manifest, SymbolEntry } from './manifest.ts';
import type { BarReader } from './store.ts';

/** What is done to the bars of dates before an ex-date and not before the one in front of it. */
interface Step {
  readonly date: DayText;
  /** Of prices: what is left of one after its dividends. */
  readonly share: number;
  /** Of prices the divisor, of volumes the factor: the shares that one share became. */
  readonly shares: number;
}

/** Days before an ex-date among which a market has a session. */
const longestBreakDays = 30;

/**
 * Prices and volumes as they would have been with the shares of the last session, as a view: bars are changed as they are laid out, and
 * not where they are stored.
 *
 * The factors are those of Yahoo's adjusted close (help.yahoo.com, "What is the adjusted close?", which follows the standards of the
 * Center for Research in Security Prices): before the ex-date of a split of n shares for one, prices are divided by n; before that
 * of a dividend D, they are multiplied by 1 − D ÷ P, with P the close before the ex-date as it was traded. Volumes are multiplied by n, and
 * dividends leave them alone. Several add up by multiplication, a dividend before a split of the same date.
 *
 * Simplified: P is the close of the dataset's last bar before the close of the regular session before the ex-date. Ex-dates before the
 * first bar or after the date of the last one count for nothing, so that the last session stands as it was traded. The bars that fill
 * gaps are taken to be as they were traded too.
 */
export class AdjustedPrices {
  /** By symbol of the run, in the order of dates; a step has those after it in it. */
  private readonly steps: readonly (readonly Step[])[];

  private constructor(steps: readonly (readonly Step[])[]) {
    this.steps = steps;
  }

  /** Null where a run adjusts nothing. Rejects, naming symbol and date, where a dividend is not below the close before it. */
  static async open(
    plan: RunPlan,
    manifests: ReadonlyMap<string, Manifest>,
    store: BarReader,
  ): Promise<AdjustedPrices | null> {
    if (plan.symbols.every(({ adjustments = [] }) => adjustments.length === 0)) return null;
    const steps: (readonly Step[])[] = [];
    for (const symbol of plan.symbols) {
      const entry = manifests.get(symbol.dataset)?.symbols[symbol.symbol];
      steps.push(symbol.adjustments && entry ? await stepsOf(plan, symbol, entry, store) : []);
    }
    return new AdjustedPrices(steps);
  }

  /** Adjusts the bars of a symbol in a session, which lie in columns from `at` on by slot. */
  adjust(columns: Columns, at: number, count: number, symbol: number, session: Session): void {
    const steps = this.steps[symbol]!;
    if (steps.length === 0) return;
    if (!session.days) return scale(columns, at, at + count, stepAt(steps, session.date));
    for (const [slot, { date }] of session.days.entries())
      scale(columns, at + slot, at + slot + 1, stepAt(steps, date));
  }
}

/** The step of a date: that of the first ex-date after it. */
function stepAt(steps: readonly Step[], date: DayText): Step | undefined {
  return steps.find((step) => step.date > date);
}

function scale({ open, high, low, close, volume }: Columns, from: number, to: number, step: Step | undefined): void {
  if (!step) return;
  const { share, shares } = step;
  for (const prices of [open, high, low, close])
    for (let i = from; i < to; i++) prices[i] = (prices[i]! * share) / shares;
  for (let i = from; i < to; i++) volume[i]! *= shares;
}

async function stepsOf(
  { config, zone }: RunPlan,
  { name, adjustments, dataset, symbol }: PlanSymbol,
  entry: SymbolEntry,
  store: BarReader,
): Promise<Step[]> {
  const market = marketOf(config.session);
  const lastDate = dateOfDay(entry.to, zone);
  const steps: Step[] = [];
  let [share, shares] = [1, 1];
  for (const { date, kind, value } of adjustments!.toReversed()) {
    if (date > lastDate) continue;
    const ex = dayNumber(date);
    const before = market.sessions(dayText(ex - longestBreakDays), dayText(ex - 1)).at(-1);
    if (!before || before.close <= entry.from) continue;
    if (kind === 'split') shares *= value;
    else {
      const price = await closeBefore(before.close, entry, (chunk) => store.chunk(dataset, symbol, chunk));
      if (value >= price)
        throw new Error(
          `The dividend of ${name} on ${date} was ${value}; it must be below the close before it, which was ${price}`,
        );
      share *= 1 - value / price;
    }
    if (steps[0]?.date === date) steps.shift();
    steps.unshift({ date, share, shares });
  }
  return steps;
}

/** The close of the last bar that starts before a time, which is after the first bar's. */
async function closeBefore(
  time: number,
  { chunks }: SymbolEntry,
  read: (chunk: number) => Promise<Uint8Array>,
): Promise<number> {
  const chunk = openChunk(await read(chunks.findLastIndex(({ from }) => from < time)));
  const block = chunk.from.findLastIndex((from) => from < time);
  const bars = barColumns(chunk.count[block]!);
  chunk.decodeBlock(block, bars);
  let row = bars.count - 1;
  while (bars.start[row]! >= time) row--;
  return bars.close[row]!;
}
