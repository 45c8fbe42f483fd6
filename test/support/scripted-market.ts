import { barColumns } from '../../src/bars/columns.ts';
import { playToEnd } from '../../src/cli/play.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import type { RunReport } from '../../src/session/report.ts';
import type { OrderEvent } from '../../src/strategy/broker/book.ts';
import type { Desk } from '../../src/strategy/desk.ts';
import type { Trade } from '../../src/strategy/trade.ts';
import { calendar } from '../../src/time/calendar.ts';
import { minute } from '../../src/time/instant.ts';
import { planOf, storeDataset } from './synthetic.ts';

/** Open, high, low and close of a minute, and its volume (1,000); null for a minute without a bar. */
export type Minute = readonly [number, number, number, number, number?] | null;

/** What orders came to. */
export interface Traded {
  readonly trades: readonly Trade[];
  readonly events: readonly OrderEvent[];
  readonly report: RunReport;
}

/**
 * Plays sessions of that many minutes, written out bar by bar, from 2024-03-04 on; `act` is asked at the end of each bar, which are counted
 * from 0 over all sessions as the equity curve counts them. Honest fills, 10,000 in cash and no costs unless `settings` say otherwise.
 */
export async function traded(
  sessions: readonly (readonly Minute[])[],
  act: (bar: number, desk: Desk) => void,
  settings: { readonly broker?: object; readonly feed?: object; readonly data?: object } = {},
): Promise<Traded> {
  const columns = barColumns(sessions.length * 390);
  const days = calendar('XNYS').sessions('2024-03-04', '2024-03-28');
  sessions.forEach((minutes, s) => {
    if (minutes.length !== sessions[0]!.length) throw new Error('sessions of a scripted market have one length');
    minutes.forEach((bar, slot) => {
      if (!bar) return;
      const i = columns.count++;
      columns.start[i] = days[s]!.open + slot * minute;
      [columns.open[i], columns.high[i], columns.low[i], columns.close[i]] = bar;
      columns.volume[i] = bar[4] ?? 1_000;
    });
  });
  const store = new MemoryStore();
  await storeDataset(store, 'SCRIPT', { A: columns });
  const end = `09:${30 + sessions[0]!.length}`;
  const plan = await planOf(store, {
    ...settings,
    session: { start: '09:30', end },
    history: { enabled: false },
    // Empty orders: what trades is given beside the plan.
    strategy: { name: 'scripted', params: {} },
  } as never);
  const trades: Trade[] = [];
  const events: OrderEvent[] = [];
  const report = await playToEnd(plan, store, undefined, {
    bar: (desk) => act(desk.barCount - 1, desk),
    trade: (_, trade) => void trades.push(trade),
    order: (_, event) => void events.push(event),
  });
  const failed = report.sessions.find(({ states }) => states.at(-1)![0] === 'error');
  if (failed) throw new Error(`the session ${failed.date} failed`);
  return { trades, events, report };
}
