import { csvField } from '../bars/csv-line.ts';
import { instant, isoText, minute, type Instant } from '../time/instant.ts';
import { zone } from '../time/zone.ts';
import type { LaidOut } from './calendar-rows.ts';
import { eachGap } from './gaps.ts';
import { latticeOf } from './map-rows.ts';

/**
 * The gaps of a symbol, or of all, as a CSV file in UTF-8 with a header (RFC 4180): times in ISO 8601, of the market's wall clock and
 * of UTC; the end is that of the last slot that is missing. Of bars of a day there is a date only.
 */
export function gapsCsv(
  { rows, presences }: LaidOut,
  names: readonly string[],
  zoneName: string,
  symbol: number | null,
): string {
  const lattice = latticeOf(rows);
  const { wallText } = zone(zoneName);
  const lines = [
    rows.byDate
      ? 'symbol,date,slots'
      : `symbol,session,from (${zoneName}),to (${zoneName}),from (UTC),to (UTC),slots,minutes`,
  ];
  for (const [i, presence] of presences.entries()) {
    if (symbol !== null && symbol !== i) continue;
    const name = csvField(names[i]!);
    eachGap(presence, lattice, (row, from, to, slots) => {
      if (rows.byDate) return void lines.push(`${name},${isoText(instant(from)).slice(0, 10)},${slots}`);
      const times = [wallText(from as Instant), wallText(to as Instant), isoText(instant(from)), isoText(instant(to))];
      lines.push(`${name},${rows.rows[row]!.date},${times.join(',')},${slots},${(to - from) / minute}`);
    });
  }
  return `${lines.join('\r\n')}\r\n`;
}
