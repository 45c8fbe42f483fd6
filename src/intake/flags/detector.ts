import type { BarColumns } from '../../bars/columns.ts';
import type { Flag } from '../flag.ts';

/** Tells of something suspicious about the bars of one symbol. */
export type Tell = (flag: Omit<Flag, 'symbol'>) => void;

/** Looks for one thing in the bars of one symbol, which come in time order, a piece at a time. */
export interface Detector {
  add(bars: BarColumns): void;
  /** There are no more bars. */
  end(): void;
}

/** A number as a person writes it. */
export function told(value: number): string {
  return String(Number(value.toPrecision(7)));
}
