import type { RunPlan } from '../../session/plan.ts';
import { dayNumber } from '../../time/day.ts';
import { dayLabel } from '../labels.ts';

/** Where a date leads in the chart: the open of a session, epoch milliseconds, and the date that it has. */
export type Jump =
  { readonly ok: true; readonly at: number; readonly date: string } | { readonly ok: false; readonly message: string };

/** The session of a date `YYYY-MM-DD`, or the next one after it; sessions of the trailing history count too. */
export function readJump({ sessions }: RunPlan, date: string): Jump {
  if (Number.isNaN(dayNumber(date))) return { ok: false, message: 'Choose a date, written YYYY-MM-DD.' };
  for (const session of sessions) {
    const day = session.days?.find((each) => each.date >= date);
    if (day) return { ok: true, at: day.start, date: day.date };
    if (!session.days && session.date >= date) return { ok: true, at: session.activeFrom, date: session.date };
  }
  const last = sessions.at(-1)!;
  return {
    ok: false,
    message: `The run ends before: its last session is ${dayLabel(last.days?.at(-1)?.date ?? last.date)}.`,
  };
}
