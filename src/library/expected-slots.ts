import { dayNumber, dayText } from '../time/day.ts';
import { dateOfDay } from '../time/day-stamp.ts';
import { sessionGrid, slotCount } from '../time/grid.ts';
import { day, type Instant } from '../time/instant.ts';
import type { Calendar } from '../time/market-calendar.ts';
import type { Session } from '../time/session.ts';

/** The slots that a calendar expects bars of one symbol in: those of its sessions from that of its first bar to that of its last. */
export class ExpectedSlots {
  readonly count: number;
  private readonly intervalMs: number;
  private readonly zone: string;
  private readonly sessions: readonly Session[];
  private readonly dates: ReadonlySet<string>;

  /** Throws where bars are longer than a day, which have no slots. */
  constructor({ sessions, zone }: Calendar, intervalMs: number, first: number, last: number) {
    if (intervalMs > day) throw new Error('bars longer than a day have no slots in which one could be missing');
    this.intervalMs = intervalMs;
    this.zone = zone;
    const isDaily = intervalMs === day;
    const [from, to] = [dateOfDay(first as Instant, zone), dateOfDay(last as Instant, zone)];
    // A session reaches into the days before and after its date at most.
    const around = sessions(dayText(dayNumber(from) - 1), dayText(dayNumber(to) + 1));
    this.sessions = around.filter(({ date, open, close }) =>
      isDaily ? date >= from && date <= to : close > first && open <= last,
    );
    this.dates = new Set(this.sessions.map(({ date }) => date));
    this.count = isDaily
      ? this.sessions.length
      : this.sessions.reduce((sum, session) => sum + slotCount(session, intervalMs), 0);
  }

  /** Says of starts, which are asked for in time order, whether they are those of a slot. */
  walk(): (start: number) => boolean {
    const { sessions, intervalMs, dates, zone } = this;
    if (intervalMs === day) return (start) => dates.has(dateOfDay(start as Instant, zone));
    let next = 0;
    let slotAt: (start: number) => number = () => -1;
    return (start) => {
      while (next < sessions.length && sessions[next]!.open <= start) {
        const session = sessions[next++]!;
        if (session.close > start) ({ slotAt } = sessionGrid(session, intervalMs));
        else slotAt = () => -1;
      }
      return slotAt(start) >= 0;
    };
  }
}

/** What two bars of a day have in common to be of one date; of shorter ones their starts are compared, as of longer ones. */
export function slotRule(intervalMs: number, zone: string): ((start: number) => number) | undefined {
  return intervalMs === day ? (start) => dayNumber(dateOfDay(start as Instant, zone)) : undefined;
}
