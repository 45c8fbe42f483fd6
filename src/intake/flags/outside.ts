import type { BarColumns } from '../../bars/columns.ts';
import { day, type Instant } from '../../time/instant.ts';
import type { Calendar } from '../../time/market-calendar.ts';
import { zone, type Zone } from '../../time/zone.ts';
import type { Detector, Tell } from './detector.ts';
import type { OpenHours } from './open-hours.ts';

const minuteMs = 60_000;
const dayMinutes = 1_440;
/** Fewer bars tell no zone. */
const leastBars = 100;
/** Longer sessions are open at nearly any time of any zone. */
const mostSessionMinutes = 720;
/** The bars look shifted when less than this part is in the sessions, and shifted at least that part. */
const fewInside = 0.5;
const mostInside = 0.9;
/** Zones are at most this far apart; they differ by half hours (by quarters in three of them). */
const farthestMinutes = 840;
const shiftMinutes = 30;

/**
 * Counts the bars outside all sessions of a calendar, extended hours included, and tells of them once. Tells of a wrong zone when
 * most bars lie outside the regular hours and nearly all of them would lie inside if their times were some half hours earlier or later.
 */
export class Outside implements Detector {
  private readonly calendar: Calendar;
  private readonly hours: OpenHours;
  private readonly isDaily: boolean;
  private readonly tell: Tell;
  private readonly wall: Zone;
  /** Bars by the minute of the market's day. */
  private readonly byMinute = new Float64Array(dayMinutes);
  private bars = 0;
  private outside = 0;
  private first = NaN;
  private lastOutside = NaN;
  private last = NaN;

  /** `hours` are those of the calendar, with extended ones where it has them. */
  constructor(calendar: Calendar, hours: OpenHours, intervalMs: number, tell: Tell) {
    this.calendar = calendar;
    this.hours = hours;
    this.isDaily = intervalMs >= day;
    this.tell = tell;
    this.wall = zone(calendar.zone);
  }

  add({ start, count }: BarColumns): void {
    const { hours, isDaily, byMinute, wall } = this;
    for (let i = 0; i < count; i++) {
      const at = start[i]!;
      if (isDaily ? !hours.hasDay(at) : hours.stretchAt(at) === undefined) {
        if (this.outside++ === 0) this.first = at;
        this.lastOutside = at;
      }
      if (isDaily) continue;
      const minutes = Math.floor((at + wall.offsetAt(at as Instant)) / minuteMs);
      byMinute[minutes - Math.floor(minutes / dayMinutes) * dayMinutes]!++;
    }
    this.bars += count;
    if (count > 0) this.last = start[count - 1]!;
  }

  end(): void {
    const { bars, outside, first: start, lastOutside: end, calendar } = this;
    if (outside > 0) {
      const hours = calendar.extended ? ', extended hours included' : '';
      const detail = `${outside} of ${bars} bars are outside all sessions of ${calendar.name}${hours}; they are stored, and not played`;
      this.tell({ kind: 'outside all sessions', start, end, detail });
    }
    if (!this.isDaily && bars >= leastBars) this.lookAtZone();
  }

  private lookAtZone(): void {
    const { calendar, bars, last, wall } = this;
    const { open, close } = calendar.regular(wall.dayOf(last as Instant));
    const minutes = (close - open) / minuteMs;
    if (minutes > mostSessionMinutes) return;
    const from = Math.floor((open + wall.offsetAt(open)) / minuteMs) % dayMinutes;
    const inside = (shift: number): number => {
      let sum = 0;
      for (let m = 0; m < minutes; m++)
        sum += this.byMinute[(((from + m - shift) % dayMinutes) + dayMinutes) % dayMinutes]!;
      return sum / bars;
    };
    const now = inside(0);
    if (now >= fewInside) return;
    let best = 0;
    let most = now;
    for (let shift = -farthestMinutes; shift <= farthestMinutes; shift += shiftMinutes) {
      const part = inside(shift);
      if (part > most || (part === most && Math.abs(shift) < Math.abs(best))) [best, most] = [shift, part];
    }
    if (most < mostInside) return;
    const hours = `${Math.abs(best) / 60} h ${best < 0 ? 'earlier' : 'later'}`;
    const detail = `${percent(now)} of the bars are in the regular hours of ${calendar.name}; ${percent(most)} would be if their times were ${hours}: is their zone right?`;
    this.tell({ kind: 'wrong zone', start: this.last, end: this.last, detail });
  }
}

function percent(part: number): string {
  return `${Math.floor(part * 100)} %`;
}
