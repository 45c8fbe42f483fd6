import { dayNumber, dayText } from '../time/day.ts';
import { dateOfDay } from '../time/day-stamp.ts';
import { day, type Instant } from '../time/instant.ts';
import type { Calendar } from '../time/market-calendar.ts';
import type { Session } from '../time/session.ts';
import { zone } from '../time/zone.ts';
import type { MapRow, MapRows, Stretch } from './map-rows.ts';
import { Presence, PresenceBuilder } from './presence.ts';

/** Bars under a calendar: its rows, and what is present in their terms. */
export interface LaidOut {
  readonly rows: MapRows;
  readonly presences: readonly Presence[];
}

/**
 * Lays a calendar over bars of one length: a row a session, and one for each other day on which bars start. Of bars of a day a row is
 * a month and a slot a session, whose bar is found by its date. Undefined for longer bars, which have no slots.
 */
export function layOut(calendar: Calendar, presences: readonly Presence[]): LaidOut | undefined {
  const slotMs = presences[0]?.intervalMs ?? day;
  if (slotMs > day || presences.length === 0) return undefined;
  if (slotMs === day) return layOutDates(calendar, presences);
  const first = presences.reduce((least, each) => Math.min(least, each.first), Infinity);
  const last = presences.reduce((most, each) => Math.max(most, each.last), -Infinity);
  const { dayOf } = zone(calendar.zone);
  // A session reaches into the days before and after its date at most.
  const sessions = calendar
    .sessions(dayOf((first - day) as Instant), dayOf((last + day) as Instant))
    .filter(({ dayStart, dayEnd }) => dayEnd > first && dayStart <= last);
  const rows = withShutDays(sessions.map(sessionRow(calendar)), calendar, presences);
  return { rows: { rows, slotMs, byDate: false }, presences };
}

function sessionRow({ zone: name }: Calendar): (session: Session) => MapRow {
  const { atWall } = zone(name);
  return (session) => ({
    date: session.date,
    from: session.dayStart,
    until: session.dayEnd,
    anchor: atWall(session.date, 0),
    stretches: stretchesOf(session),
    early: session.early,
  });
}

function stretchesOf({ open, close, breaks }: Session): Stretch[] {
  const bounds = [open, ...breaks.flatMap(({ start, end }) => [start, end]), close];
  const stretches: Stretch[] = [];
  for (let i = 0; i < bounds.length; i += 2) {
    const [start, end] = [bounds[i]!, bounds[i + 1]!];
    if (end > start) stretches.push({ start, end, sessionOpen: open, sessionClose: close });
  }
  return stretches;
}

/** Adds the days without a session on which bars start. Where sessions open on the day before, such a day begins then too. */
function withShutDays(rows: readonly MapRow[], calendar: Calendar, presences: readonly Presence[]): MapRow[] {
  const { offsetAt, fromWall } = zone(calendar.zone);
  const wallOf = (at: number): number => at + offsetAt(at as Instant);
  const some = calendar.last;
  const turn = Math.min(0, wallOf(calendar.regular(some).open) - dayNumber(some) * day);
  const dates = new Set<number>();
  for (const presence of presences) {
    let row = 0;
    presence.eachRun(-Infinity, Infinity, (start, count) => {
      const end = start + (count - 1) * presence.intervalMs;
      for (let at = start; at <= end;) {
        while (row < rows.length && rows[row]!.until <= at) row++;
        const next = rows[row];
        if (next && next.from <= at) {
          at += Math.ceil((next.until - at) / presence.intervalMs) * presence.intervalMs;
          continue;
        }
        const date = Math.floor((wallOf(at) - turn) / day);
        dates.add(date);
        const beyond = Math.min(fromWall((date + 1) * day + turn), next?.from ?? Infinity);
        at += Math.max(1, Math.ceil((beyond - at) / presence.intervalMs)) * presence.intervalMs;
      }
    });
  }
  if (dates.size === 0) return [...rows];
  const shut = [...dates].map((date): MapRow => ({
    date: dayText(date),
    from: fromWall(date * day + turn),
    until: fromWall((date + 1) * day + turn),
    anchor: fromWall(date * day),
    stretches: [],
    early: false,
  }));
  return apart([...rows, ...shut].sort((a, b) => a.from - b.from || b.stretches.length - a.stretches.length));
}

/** A day without a session gives way to the sessions before and after it; what lies between two of them is cut at the later one. */
function apart(rows: readonly MapRow[]): MapRow[] {
  const result: MapRow[] = [];
  for (const [i, row] of rows.entries()) {
    if (row.stretches.length > 0) {
      result.push(row);
      continue;
    }
    const from = Math.max(row.from, result.at(-1)?.until ?? -Infinity);
    const until = Math.min(row.until, rows[i + 1]?.from ?? Infinity);
    if (from < until) result.push({ ...row, from, until });
  }
  return result;
}

function layOutDates(calendar: Calendar, presences: readonly Presence[]): LaidOut {
  const dated = presences.map((presence) => {
    const builder = new PresenceBuilder(day);
    let before = -Infinity;
    presence.eachRun(-Infinity, Infinity, (start, count) => {
      for (let i = 0; i < count; i++) {
        const date = dayNumber(dateOfDay((start + i * day) as Instant, calendar.zone));
        if (date > before) builder.add(date * day, 1);
        before = Math.max(before, date);
      }
    });
    return new Presence(builder.finish());
  });
  const first = dated.reduce((least, each) => Math.min(least, each.first), Infinity);
  const last = dated.reduce((most, each) => Math.max(most, each.last), -Infinity);
  const dates = calendar.sessions(dayText(first / day), dayText(last / day)).map(({ date }) => date);
  const rows: MapRow[] = [];
  let next = 0;
  for (let from = monthStart(first, 0); from <= last; from = monthStart(from, 1)) {
    const until = monthStart(from, 1);
    const stretches: Stretch[] = [];
    for (; next < dates.length && dayNumber(dates[next]!) * day < until; next++) {
      const start = dayNumber(dates[next]!) * day;
      stretches.push({ start, end: start + day, sessionOpen: start, sessionClose: start + day });
    }
    rows.push({ date: dayText(from / day), from, until, anchor: from, stretches, early: false });
  }
  return { rows: { rows, slotMs: day, byDate: true }, presences: dated };
}

/** The start in UTC of the month of a time, or of the one so many months later. */
function monthStart(at: number, later: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1);
}
