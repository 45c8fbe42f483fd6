import type { BarColumns } from '../../bars/columns.ts';
import type { Calendar } from '../../time/market-calendar.ts';
import { EntryPages } from '../entry-pages.ts';
import { flagKinds, type Flag, type FlagCounts, type FlagKind } from '../flag.ts';
import type { Detector, Tell } from './detector.ts';
import { Jumps } from './jumps.ts';
import { OffGrid } from './off-grid.ts';
import { OpenHours } from './open-hours.ts';
import { Outside } from './outside.ts';
import { Repeats } from './repeats.ts';
import { Units } from './units.ts';

/** Flags that are listed of a dataset; more are counted. */
export const mostFlags = 100_000;

/** Looks at the bars of a dataset, symbol by symbol, for what is suspicious. Nothing is changed. */
export class Flagger {
  readonly pages = new EntryPages<Flag>(mostFlags);
  private readonly intervalMs: number;
  private readonly calendar: Calendar | null;
  /** Regular hours, and those with the extended ones. */
  private readonly hours: OpenHours | null;
  private readonly longHours: OpenHours | null;
  private readonly counted = new Map<FlagKind, number>();

  /** Without a calendar what is known of sessions is not looked for. */
  constructor(intervalMs: number, calendar: Calendar | null) {
    this.intervalMs = intervalMs;
    this.calendar = calendar;
    this.hours = calendar && new OpenHours(calendar, calendar.zone);
    this.longHours = calendar?.extended ? new OpenHours(calendar.extended, calendar.zone) : this.hours;
  }

  /** Flags so far by kind. */
  get counts(): FlagCounts {
    return Object.fromEntries(
      flagKinds.flatMap((kind) => (this.counted.has(kind) ? [[kind, this.counted.get(kind)!]] : [])),
    );
  }

  /** Begins a symbol, whose bars are then to be added in time order. */
  symbol(name: string): Detector {
    const { intervalMs, calendar, hours, longHours } = this;
    const tell: Tell = (flag) => {
      this.counted.set(flag.kind, (this.counted.get(flag.kind) ?? 0) + 1);
      this.pages.add({ symbol: name, ...flag });
    };
    const detectors: Detector[] = [
      new Jumps(intervalMs, tell),
      new Repeats(intervalMs, tell),
      new OffGrid(intervalMs, hours, tell),
      new Units(intervalMs, tell),
    ];
    if (calendar && longHours) detectors.push(new Outside(calendar, longHours, intervalMs, tell));
    return {
      add: (bars: BarColumns) => detectors.forEach((each) => each.add(bars)),
      end: () => detectors.forEach((each) => each.end()),
    };
  }
}
