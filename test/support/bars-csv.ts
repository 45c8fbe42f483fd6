import type { BarColumns } from '../../src/bars/columns.ts';
import { instant, isoText } from '../../src/time/instant.ts';

/** Bars as a CSV file with ISO times in UTC. */
export function barsCsv(bars: BarColumns): string {
  let text = 'timestamp,open,high,low,close,volume\n';
  for (let i = 0; i < bars.count; i++)
    text += `${isoText(instant(bars.start[i]!))},${bars.open[i]},${bars.high[i]},${bars.low[i]},${bars.close[i]},${bars.volume[i]}\n`;
  return text;
}
