import { dayNumber } from '../time/day.ts';
import { day, hour, minute, type Instant } from '../time/instant.ts';
import type { Session } from '../time/session.ts';
import { zone } from '../time/zone.ts';
import type { RunPlan } from '../session/plan.ts';
import { dateLabel, dayLabel, minuteLabel, placeZoneLabel } from './labels.ts';

/** Where "Go to" leads: an instant of the run, or which field is wrong and why. */
export type Target =
  | { readonly ok: true; readonly at: Instant }
  | { readonly ok: false; readonly field: 'date' | 'time'; readonly message: string };

/** Reads a date `YYYY-MM-DD` and a time `HH:MM` on the wall of the market. It must lie in a session that the run plays. */
export function readTarget(plan: RunPlan, date: string, time: string): Target {
  const wrong = (field: 'date' | 'time', message: string): Target => ({ ok: false, field, message });
  if (Number.isNaN(dayNumber(date))) return wrong('date', 'Choose a date, written YYYY-MM-DD.');
  const parts = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time.trim());
  if (!parts) return wrong('time', `The time was “${time}”; it must be from 00:00 to 23:59, written HH:MM.`);
  const wall = zone(plan.zone);
  const wallMs = dayNumber(date) * day + Number(parts[1]) * hour + Number(parts[2]) * minute;
  if (wall.wallKind(wallMs) === 'skipped')
    return wrong('time', `${parts[0]} does not exist on ${dayLabel(date)}: the clocks went forward.`);
  const at = wall.fromWall(wallMs);
  const played = plan.sessions.slice(plan.firstPlayed);
  const session = played.find(({ open, close }) => at >= open && at <= close);
  if (session) return { ok: true, at };
  const [first, last] = [played[0]!, played.at(-1)!];
  const ofDay = played.find((each) => each.date === date);
  if (ofDay) return wrong('time', `${parts[0]} is outside the session: ${hoursOf(ofDay, plan)}.`);
  if (at < first.open) return wrong('date', `The run begins later: ${hoursOf(first, plan)}.`);
  if (at > last.close) return wrong('date', `The run ends before: ${hoursOf(last, plan)}.`);
  const next = played.find(({ open }) => open > at)!;
  return wrong('date', `There is no session then. The next one: ${hoursOf(next, plan)}.`);
}

/** `New York, EST`: where the times of a date are, which may lie beyond a change of clocks; those of `now` while there is no date. */
export function zoneOf(plan: RunPlan, date: string, now: number): string {
  const at = Number.isNaN(dayNumber(date)) ? now : zone(plan.zone).atWall(date, 12 * hour);
  return placeZoneLabel(at, plan.zone);
}

function hoursOf({ date, open, close }: Session, { zone: name }: RunPlan): string {
  const opens = dateLabel(open, name) === dayLabel(date) ? '' : `${dateLabel(open, name)} `;
  return `${dayLabel(date)} is open from ${opens}${minuteLabel(open, name)} to ${minuteLabel(close, name)}`;
}
