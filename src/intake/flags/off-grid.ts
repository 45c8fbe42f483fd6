import type { BarColumns } from '../../bars/columns.ts';
import { intervalText } from '../../bars/interval.ts';
import { day, minute } from '../../time/instant.ts';
import { commonDivisor } from '../symbol-steps.ts';
import type { Detector, Tell } from './detector.ts';
import type { OpenHours } from './open-hours.ts';

/**
 * Finds bars that start in no slot's place: not on a whole minute (or the interval, where that is shorter), before the bar ahead of
 * them has ended, or, in a session of the market, not a multiple of the interval after the open or the end of a break. The rule:
 * they are stored as they are and not played, as a slot takes the bar that starts with it. Those in a row are told together.
 */
export class OffGrid implements Detector {
  private readonly intervalMs: number;
  private readonly unit: number;
  private readonly hours: OpenHours | null;
  private readonly tell: Tell;
  private last = -Infinity;
  private bars = 0;
  private start = NaN;

  constructor(intervalMs: number, hours: OpenHours | null, tell: Tell) {
    this.intervalMs = intervalMs;
    this.unit = commonDivisor(intervalMs, minute);
    this.hours = hours;
    this.tell = tell;
  }

  add({ start, count }: BarColumns): void {
    for (let i = 0; i < count; i++) {
      const at = start[i]!;
      if (this.isOff(at)) {
        if (this.bars++ === 0) this.start = at;
      } else if (this.bars > 0) this.tellRun();
      this.last = at;
    }
  }

  end(): void {
    if (this.bars > 0) this.tellRun();
  }

  private isOff(at: number): boolean {
    const { intervalMs, unit, hours } = this;
    // Clocks change, so that days are not all of one length.
    if (intervalMs >= day) return at < this.last + day / 2;
    if (at % unit !== 0 || at < this.last + intervalMs) return true;
    const stretch = hours?.stretchAt(at);
    return stretch !== undefined && (at - stretch.start) % intervalMs !== 0;
  }

  private tellRun(): void {
    const { start, last: end, bars, intervalMs } = this;
    const what = bars === 1 ? 'a bar starts' : `${bars} bars in a row start`;
    const detail = `${what} in no place of a slot of ${intervalText(intervalMs)}; stored as ${bars === 1 ? 'it is' : 'they are'}, not played`;
    this.tell({ kind: 'off the grid', start, end, detail });
    this.bars = 0;
  }
}
