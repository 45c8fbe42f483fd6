import { calendar } from '../../src/time/calendar.ts';
import type { DayText, Instant } from '../../src/time/instant.ts';
import { zone } from '../../src/time/zone.ts';

const minute = 60_000;

/** Stretches of trading in a made-up market. */
interface Hours {
  readonly open: number;
  readonly close: number;
}

/** Bars of a minute as `[start, volume]`: at the open of a stock exchange much is traded, around its hours little. */
export function exchangeMinutes(name: string, from: DayText, to: DayText, around = 0): [number, number][] {
  return calendar(name)
    .sessions(from, to)
    .flatMap(({ open, close, breaks }) =>
      minutes({ open: open - around, close: close + around })
        .filter((at) => breaks.every(({ start, end }) => at < start || at >= end))
        .map((at): [number, number] => [at, at >= open && at < close ? inSession(at, open) : 20 + (at % 7)]),
    );
}

/** Bars of a market that is open around the clock on weekdays, without a volume. */
export function weekMinutes(name: string, from: DayText, to: DayText): [number, number][] {
  return calendar(name)
    .sessions(from, to)
    .flatMap(({ open, close }) => minutes({ open, close }).map((at): [number, number] => [at, 0]));
}

function inSession(at: number, open: number): number {
  return Math.round(2_000 / (1 + (at - open) / (5 * minute))) + 100 + ((at / minute) % 13);
}

function minutes({ open, close }: Hours): number[] {
  return Array.from({ length: Math.round((close - open) / minute) }, (_, i) => open + i * minute);
}

/** Lines in the compact form of NinjaTrader and HistData, on the clock of a zone. */
export function compactLines(bars: readonly [number, number][], zoneName: string, stampMs = 0): string {
  const { wallText } = zone(zoneName);
  const lines = bars.map(([start, volume]) => {
    const time = wallText((start + stampMs) as Instant).replace(/[-:]/g, '');
    const swing = 0.01 * (1 + ((start / minute) % 5));
    return `${time};100;${(100 + swing).toFixed(2)};${(100 - swing).toFixed(2)};100;${volume}`;
  });
  return `${lines.join('\n')}\n`;
}

/** The same as a CSV with a header. */
export function wallLines(bars: readonly [number, number][], zoneName: string, stampMs = 0): string {
  const { wallText } = zone(zoneName);
  const lines = bars.map(([start, volume]) => `${wallText((start + stampMs) as Instant)},100,101,99,100,${volume}`);
  return `time,open,high,low,close,volume\n${lines.join('\n')}\n`;
}
