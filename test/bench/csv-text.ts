import type { BarColumns } from '../../src/bars/columns.ts';
import { instant, isoText } from '../../src/time/instant.ts';
import { zone } from '../../src/time/zone.ts';

/** How a file writes its times: in UTC with a Z, on the wall clock of New York, or in milliseconds since 1970. */
export type TimeStyle = 'iso' | 'wall' | 'unix';

/** A CSV file of the bars. */
export function csvText(bars: BarColumns, style: TimeStyle): string {
  const { wallText } = zone('America/New_York');
  const lines = ['timestamp,open,high,low,close,volume'];
  const { start, open, high, low, close, volume } = bars;
  for (let i = 0; i < bars.count; i++) {
    const at = instant(start[i]!);
    const time = style === 'iso' ? isoText(at) : style === 'unix' ? at : wallText(at);
    lines.push(`${time},${open[i]},${high[i]},${low[i]},${close[i]},${volume[i]}`);
  }
  return `${lines.join('\n')}\n`;
}
