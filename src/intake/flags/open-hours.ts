import { dateOfDay } from '../../time/day-stamp.ts';
import { dayText } from '../../time/day.ts';
import { day, type DayText, type Instant } from '../../time/instant.ts';
import type { Calendar } from '../../time/market-calendar.ts';

/** A stretch of open time, `[start, end)`. */
export interface OpenStretch {
  readonly start: number;
  readonly end: number;
}

/** Days of UTC whose sessions are worked out together. */
const pageDays = 256;

/** When a market is open, by time; worked out as it is asked for, nearly always in time order. */
export class OpenHours {
  private readonly calendar: Pick<Calendar, 'sessions'>;
  private readonly zoneName: string;
  private readonly pages = new Map<
    number,
    { readonly stretches: OpenStretch[]; readonly dates: ReadonlySet<DayText> }
  >();
  private found: OpenStretch = { start: NaN, end: NaN };

  constructor(calendar: Pick<Calendar, 'sessions'>, zoneName: string) {
    this.calendar = calendar;
    this.zoneName = zoneName;
  }

  /** The open stretch that a time lies in; undefined while the market is shut. */
  stretchAt(at: number): OpenStretch | undefined {
    const { found } = this;
    if (at >= found.start && at < found.end) return found;
    const { stretches } = this.page(at);
    let low = 0;
    let high = stretches.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (stretches[middle]!.end <= at) low = middle + 1;
      else high = middle;
    }
    const stretch = stretches[low];
    if (!stretch || at < stretch.start) return undefined;
    return (this.found = stretch);
  }

  /** There is a session on the date of a bar of a day. */
  hasDay(start: number): boolean {
    return this.page(start).dates.has(dateOfDay(start as Instant, this.zoneName));
  }

  private page(at: number): { readonly stretches: readonly OpenStretch[]; readonly dates: ReadonlySet<DayText> } {
    const number = Math.floor(at / (pageDays * day));
    let page = this.pages.get(number);
    if (!page) {
      // A session reaches into the days before and after its date at most.
      const [from, to] = [dayText(number * pageDays - 2), dayText((number + 1) * pageDays + 1)];
      const sessions = this.calendar.sessions(from, to);
      const stretches = sessions.flatMap(({ open, close, breaks }) => {
        const bounds = [open, ...breaks.flatMap(({ start, end }) => [start, end]), close];
        return Array.from({ length: bounds.length / 2 }, (_, i) => ({
          start: bounds[2 * i]!,
          end: bounds[2 * i + 1]!,
        }));
      });
      page = { stretches, dates: new Set(sessions.map(({ date }) => date)) };
      this.pages.set(number, page);
    }
    return page;
  }
}
