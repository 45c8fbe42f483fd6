import type { DataKind } from '../bars/records.ts';
import { day, type Instant } from '../time/instant.ts';
import type { Session } from '../time/session.ts';
import { zone } from '../time/zone.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `10:47:00` on the wall of the zone. */
export function timeLabel(at: number, zoneName: string): string {
  return zone(zoneName)
    .wallText(at as Instant)
    .slice(11, 19);
}

/** `10:47` on the wall of the zone. */
export function minuteLabel(at: number, zoneName: string): string {
  return timeLabel(at, zoneName).slice(0, 5);
}

/** `Fri 29 Nov 2024` on the wall of the zone. */
export function dateLabel(at: number, zoneName: string): string {
  return dayLabel(zone(zoneName).dayOf(at as Instant));
}

/** `Fri 29 Nov 2024` of `2024-11-29`. */
export function dayLabel(date: string): string {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return `${weekdays[weekday]} ${shortDayLabel(date)} ${date.slice(0, 4)}`;
}

/** `29 Nov` of `2024-11-29`. */
export function shortDayLabel(date: string): string {
  return `${Number(date.slice(8, 10))} ${months[Number(date.slice(5, 7)) - 1]}`;
}

/** `Fri 29 Nov 2024` of a session, `3 Jan – 31 Dec 2013` of a unit of days. */
export function sessionLabel({ date, days }: Session): string {
  if (!days) return dayLabel(date);
  const last = days.at(-1)!.date;
  return last === date ? dayLabel(date) : `${shortDayLabel(date)} – ${shortDayLabel(last)} ${last.slice(0, 4)}`;
}

/** By session of a tape: `29 Nov`, `Nov 2024` where it is of more than a year, and `2013` of a unit of days. */
export function tapeLabels(sessions: readonly Session[]): string[] {
  const [first, last] = [sessions[0], sessions.at(-1)];
  const isLong = first && last && Date.parse(last.date) - Date.parse(first.date) > 366 * day;
  return sessions.map(({ date, days }) => (days ? date.slice(0, 4) : isLong ? monthLabel(date) : shortDayLabel(date)));
}

/** `Nov 2024` of `2024-11-29`. */
export function monthLabel(date: string): string {
  return `${months[Number(date.slice(5, 7)) - 1]} ${date.slice(0, 4)}`;
}

/** When a bar of that length starts: `10:47`, and `29 Nov 2024` from a day on. */
export function barLabel(at: number, intervalMs: number, zoneName: string): string {
  return intervalMs < day ? minuteLabel(at, zoneName) : dateLabel(at, zoneName).slice(4);
}

/** As `barLabel`; a bar of a whole session has the session's date, which may open on the evening before. */
export function chartBarLabel(at: number, intervalMs: number, sessions: readonly Session[], zoneName: string): string {
  const whole = intervalMs === day ? sessions.find(({ open, days }) => open === at && !days) : undefined;
  return whole ? dayLabel(whole.date).slice(4) : barLabel(at, intervalMs, zoneName);
}

/** When something happened in a run of bars of that length: `10:47:00`, and `29 Nov 2024` from a day on. */
export function momentLabel(at: number, intervalMs: number, zoneName: string): string {
  return intervalMs < day ? timeLabel(at, zoneName) : dateLabel(at, zoneName).slice(4);
}

/** `4 – 11 Oct 2013` between two instants, by the days of the zone. */
export function rangeLabel(from: number, to: number, zoneName: string): string {
  const [first, last] = [zone(zoneName).dayOf(from as Instant), zone(zoneName).dayOf(to as Instant)];
  const end = `${shortDayLabel(last)} ${last.slice(0, 4)}`;
  if (first === last) return end;
  if (first.slice(0, 7) === last.slice(0, 7)) return `${Number(first.slice(8))} – ${end}`;
  const year = first.slice(0, 4) === last.slice(0, 4) ? '' : ` ${first.slice(0, 4)}`;
  return `${shortDayLabel(first)}${year} – ${end}`;
}

const abbreviations = new Map<string, string>();

/** `EST`, or `UTC+1` where American English has no letters for the zone, whatever the page's language is. */
export function zoneLabel(at: number, zoneName: string): string {
  // Before 1970 browsers know no letters, so what they say of that time is not what they say of the same offset later.
  const key = `${zoneName} ${zone(zoneName).offsetAt(at as Instant)} ${at < 0}`;
  let label = abbreviations.get(key);
  if (label === undefined) {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone: zoneName, timeZoneName: 'short' }).formatToParts(at);
    label = parts.find(({ type }) => type === 'timeZoneName')!.value.replace('GMT', 'UTC');
    abbreviations.set(key, label);
  }
  return label;
}

/** `New York, EST`, and once only where the place is called as its zone: `UTC`. */
export function placeZoneLabel(at: number, zoneName: string): string {
  const [place, label] = [placeLabel(zoneName), zoneLabel(at, zoneName)];
  return place === label ? label : `${place}, ${label}`;
}

/** `New York` of `America/New_York`. */
export function placeLabel(zoneName: string): string {
  return (zoneName.split('/').at(-1) ?? zoneName).replaceAll('_', ' ');
}

const counts = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `84,960,871`. */
export function countLabel(count: number): string {
  return counts.format(count);
}

/** `4.2 MB`. */
export function bytesLabel(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let value = bytes;
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** `98.7 %`; only what is whole says 100. */
export function percentLabel(percent: number): string {
  if (Number.isNaN(percent)) return '–';
  if (percent === 100) return '100 %';
  return `${Math.min(99.9, Math.round(percent * 10) / 10).toFixed(1)} %`;
}

/** `600×`, or `max`. */
export function speedLabel(multiple: number): string {
  return multiple === Infinity ? 'max' : `${multiple}×`;
}

/** `1 bar`, `2 bars`. */
export function several(count: number, noun: string): string {
  return `${countLabel(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `12 s`, `3 min`, `24 h` or `3 days`, rounded up: time that is left. */
export function durationLabel(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.ceil(seconds))} s`;
  if (seconds < 90 * 60) return `${Math.ceil(seconds / 60)} min`;
  return seconds < 48 * 3600 ? `${Math.ceil(seconds / 3600)} h` : `${Math.ceil(seconds / 86_400)} days`;
}

/** Decimals that prices such as these are quoted in, 0 to 8. */
export function decimalsOf(prices: Iterable<number>): number {
  let decimals = 0;
  for (const price of prices) {
    if (!Number.isFinite(price)) continue;
    while (decimals < 8 && Math.abs(price * 10 ** decimals - Math.round(price * 10 ** decimals)) > 1e-6) decimals++;
  }
  return decimals;
}

/** What one piece of a dataset is called. */
export function singular({ kind }: { readonly kind?: DataKind }): string {
  return kind === 'quotes' ? 'quote' : kind === 'ticks' ? 'tick' : 'bar';
}
