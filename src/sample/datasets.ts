import { barColumns, type BarColumns } from '../bars/columns.ts';
import type { Audit } from '../intake/audit.ts';
import type { IntakeResult } from '../intake/result.ts';
import { wholeBars, type WholeBars } from '../intake/series.ts';
import { minute } from '../time/instant.ts';
import type { SampleName } from './identity.ts';
import { lostBars } from './losses.ts';
import { sampleMarket } from './market.ts';

/** Share of the minutes without a trade of which the backup has a bar of volume 0, as some vendors do. */
const quietTold = 2;

/** Bars in memory, as an import would read them. */
export interface SampleBars extends IntakeResult {
  readonly symbols: readonly WholeBars[];
}

/** The datasets of the sample, as an import of files with their bars would read them. Takes some 20 ms. */
export function sampleDatasets(): Readonly<Record<SampleName, SampleBars>> {
  const { sessions, symbols } = sampleMarket();
  const lost = symbols.map(({ name }) => lostBars(name, sessions));
  const record = (name: SampleName, has: (symbol: number, at: number, volume: number) => boolean): SampleBars => {
    const recorded = symbols.map((symbol, s) =>
      wholeBars(
        symbol.name,
        recordedBars(symbol.minutes, (at, volume) => has(s, at, volume)),
      ),
    );
    const bars = recorded.reduce((sum, { count }) => sum + count, 0);
    const audits = [madeUp(name, bars)];
    return { kind: 'bars', symbols: recorded, interval: '1m', intervalMs: minute, bars, audits, skipped: [] };
  };
  return {
    sample: record('sample', (symbol, at, volume) => volume > 0 && lost[symbol]!.feed[at] === 0),
    backup: record(
      'backup',
      (symbol, at, volume) => lost[symbol]!.backup[at] === 0 && (volume > 0 || at % quietTold === 0),
    ),
  };
}

function recordedBars(minutes: BarColumns, has: (at: number, volume: number) => boolean): BarColumns {
  const bars = barColumns(minutes.count);
  for (let at = 0; at < minutes.count; at++) {
    if (!has(at, minutes.volume[at]!)) continue;
    const i = bars.count++;
    bars.start[i] = minutes.start[at]!;
    bars.open[i] = minutes.open[at]!;
    bars.high[i] = minutes.high[at]!;
    bars.low[i] = minutes.low[at]!;
    bars.close[i] = minutes.close[at]!;
    bars.volume[i] = minutes.volume[at]!;
  }
  return bars;
}

function madeUp(name: SampleName, bars: number): Audit {
  return {
    ...{ file: name, bytes: 0, records: bars, accepted: bars, duplicates: 0, conflicts: 0, rejected: 0 },
    ...{ headers: 0, blanks: 0, outOfOrder: 0, rejections: [], reasons: {}, ignoredColumns: [] },
    decisions: [
      {
        name: 'origin',
        value: 'synthetic',
        reason: 'made by Tapedeck to try it out with; nobody ever traded these symbols',
        guess: false,
      },
    ],
  };
}
