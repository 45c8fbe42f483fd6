import type { BarColumns } from '../../src/bars/columns.ts';
import { instant, isoText, type Instant } from '../../src/time/instant.ts';
import { zone } from '../../src/time/zone.ts';

/** How a file writes its times: in UTC with a Z, on the wall clock of New York, in milliseconds since 1970, or as Americans do. */
export type TimeStyle = 'iso' | 'wall' | 'unix' | 'american';

/** A CSV file of the bars. */
export function csvText(bars: BarColumns, style: TimeStyle): string {
  const { wallText } = zone('America/New_York');
  const lines = ['timestamp,open,high,low,close,volume'];
  const { start, open, high, low, close, volume } = bars;
  const timeText: (at: Instant) => string = {
    iso: isoText,
    wall: wallText,
    unix: String,
    american: (at: Instant) => americanText(wallText(at)),
  }[style];
  for (let i = 0; i < bars.count; i++) {
    const at = instant(start[i]!);
    lines.push(`${timeText(at)},${open[i]},${high[i]},${low[i]},${close[i]},${volume[i]}`);
  }
  return `${lines.join('\n')}\n`;
}

/** `9/3/2013 9:05` of `2013-09-03T09:05:00`. */
function americanText(wall: string): string {
  const [year, month, day, hour, minute] = wall.split(/[-T: ]/);
  return `${Number(month)}/${Number(day)}/${year!} ${Number(hour)}:${minute!}`;
}
