import Papa from 'papaparse';
import type { ColumnRole } from '../../src/intake/preview.ts';

/** A second opinion on a text: what PapaParse, Number and Date.parse make of it, a record at a time. */
export interface SlowReading {
  readonly bars: Map<string, [time: number, ...values: number[]]>;
  readonly counts: Record<'records' | 'taken' | 'rejected' | 'headers' | 'blanks' | 'duplicates' | 'conflicts', number>;
}

/** Reads a text under a header with those roles; times are ISO 8601 with `Z`. */
export function slowReading(text: string, roles: readonly (ColumnRole | null)[]): SlowReading {
  const { data } = Papa.parse<string[]>(text, { delimiter: ',', newline: '\n' });
  // A line end at the end of the text is no record after it.
  if (data.at(-1)?.join('') === '' && text.endsWith('\n')) data.pop();
  const bars: SlowReading['bars'] = new Map();
  const counts = { records: data.length, taken: 0, rejected: 0, headers: 0, blanks: 0, duplicates: 0, conflicts: 0 };
  const header = data.find((fields) => fields.join('').trim() !== '')!;
  for (const raw of data) {
    const fields = raw.map((field) => field.trim());
    if (raw.length === 1 && fields[0] === '') counts.blanks++;
    else if (fields.join() === header.map((field) => field.trim()).join()) counts.headers++;
    else if (fields.length < roles.length || fields.slice(roles.length).some((field) => field !== ''))
      counts.rejected++;
    else {
      const field = (role: ColumnRole) => fields[roles.indexOf(role)]!;
      const instant = Date.parse(field('time'));
      // Date.parse takes 30 February for 2 March.
      const isTime = !Number.isNaN(instant) && new Date(instant).toISOString().replace('.000Z', 'Z') === field('time');
      const time = isTime ? instant : NaN;
      const hasVolume = !['', '-', 'nan', 'null', 'none', 'na', 'n/a'].includes(field('volume').toLowerCase());
      const values = (['open', 'high', 'low', 'close', 'volume'] as const).map((role) =>
        role === 'volume' && !hasVolume
          ? 0
          : /^[-+]?\d*\.?\d*(e[-+]?\d+)?$/i.test(field(role)) && /\d/.test(field(role))
            ? Number(field(role))
            : NaN,
      );
      const [open, high, low, close, volume] = values as [number, number, number, number, number];
      const isBar =
        [time, ...values].every(Number.isFinite) &&
        low > 0 &&
        volume >= 0 &&
        high >= Math.max(open, close, low) &&
        low <= Math.min(open, close);
      const symbol = field('symbol');
      if (!isBar || symbol === '') {
        counts.rejected++;
        continue;
      }
      counts.taken++;
      const key = `${symbol} ${time}`;
      const before = bars.get(key);
      const bar: [number, ...number[]] = [time, ...values.map((value) => value + 0)];
      if (before && before.join() === bar.join()) counts.duplicates++;
      else {
        if (before) counts.conflicts++;
        bars.set(key, bar);
      }
    }
  }
  return { bars, counts };
}
