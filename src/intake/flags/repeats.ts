import type { BarColumns } from '../../bars/columns.ts';
import { day } from '../../time/instant.ts';
import { told, type Detector, type Tell } from './detector.ts';

/** So many bars without volume, or of one price, are a run; of days fewer are. */
const mostBars = 30;
const mostDays = 5;

interface Stretch {
  start: number;
  end: number;
  bars: number;
}

/**
 * Finds runs of 30 bars or more (5 of days) whose four prices are all the close before them, and runs as long without any volume in a
 * symbol that has some. Vendors repeat the last price of what is no more traded; Ince and Porter (2006) cut Datastream's series
 * where that begins (see `jumps.ts`). The lengths are our own: thin stocks have a few such bars on any day.
 */
export class Repeats implements Detector {
  private readonly most: number;
  private readonly tell: Tell;
  private price = NaN;
  private hasVolume = false;
  private readonly flat: Stretch = { start: NaN, end: NaN, bars: 0 };
  private readonly silent: Stretch = { start: NaN, end: NaN, bars: 0 };

  constructor(intervalMs: number, tell: Tell) {
    this.most = intervalMs >= day ? mostDays : mostBars;
    this.tell = tell;
  }

  add({ start, open, high, low, close, volume, count }: BarColumns): void {
    for (let i = 0; i < count; i++) {
      const c = close[i]!;
      const at = start[i]!;
      if (c === this.price && high[i] === c && low[i] === c && open[i] === c) grow(this.flat, at);
      else if (this.flat.bars > 0) this.endFlat();
      this.price = c;
      if (volume[i] === 0) grow(this.silent, at);
      else {
        this.hasVolume = true;
        if (this.silent.bars > 0) this.endSilent();
      }
    }
  }

  end(): void {
    this.endFlat();
    this.endSilent();
  }

  private endFlat(): void {
    const { start, end, bars } = this.flat;
    if (bars >= this.most)
      this.tell({
        kind: 'stale price',
        start,
        end,
        detail: `${bars} bars in a row repeat the price ${told(this.price)}`,
      });
    this.flat.bars = 0;
  }

  private endSilent(): void {
    const { start, end, bars } = this.silent;
    if (this.hasVolume && bars >= this.most)
      this.tell({ kind: 'no volume', start, end, detail: `${bars} bars in a row have no volume, though others have` });
    this.silent.bars = 0;
  }
}

function grow(stretch: Stretch, at: number): void {
  if (stretch.bars === 0) stretch.start = at;
  stretch.end = at;
  stretch.bars++;
}
