/**
 * Prints what the wall clocks and calendars say around every change of several zones' clocks, as one digest a subject, so
 * that the answers under different system zones can be compared.
 */
import { createHash } from 'node:crypto';
import { calendar, calendarNames } from '../../src/time/calendar.ts';
import { hour, instant, minute } from '../../src/time/instant.ts';
import { transitionsReader } from '../../src/time/transitions.ts';
import { zone } from '../../src/time/zone.ts';

const digests: Record<string, string> = {};

for (const name of ['America/New_York', 'Europe/London', 'Asia/Tokyo', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC']) {
  const read = transitionsReader(name);
  const { starts, offsets } = read(Date.UTC(2100, 0, 1), read(0));
  const hash = createHash('sha256').update(`${starts.join()} ${offsets.join()}`);
  const { offsetAt, fromWall, wallText, wallKind } = zone(name);
  for (const start of starts.slice(1)) {
    for (let at = start - 30 * hour; at <= start + 30 * hour; at += 15 * minute) {
      hash.update(`${offsetAt(instant(at))} ${wallText(instant(at))} ${fromWall(at)} ${wallKind(at)}\n`);
    }
  }
  digests[name] = hash.digest('hex');
}

for (const name of calendarNames) {
  const sessions = calendar(name).sessions('1990-01-01', '2035-12-31');
  digests[name] = createHash('sha256').update(JSON.stringify(sessions)).digest('hex');
}

const systemOffsets = [Date.UTC(2013, 0, 1), Date.UTC(2013, 6, 1)].map((at) => new Date(at).getTimezoneOffset());
process.stdout.write(JSON.stringify({ systemOffsets, digests }));
