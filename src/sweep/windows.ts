import type { DayText } from '../time/instant.ts';
import type { WalkForward } from './spec.ts';

/** Dates of sessions, both included. */
export interface Span {
  readonly from: DayText;
  readonly to: DayText;
}

export interface Window {
  readonly in: Span;
  readonly out: Span;
}

/**
 * The windows of a walk forward over the dates of sessions: each begins as many sessions after the one before as are tried out of sample,
 * so that those follow each other without a gap and without a session that counts twice. What does not fill a window at the end is left
 * out. Pardo, "The Evaluation and Optimization of Trading Strategies", 2nd edition, 2008, chapter 11.
 */
export function windowsOf(dates: readonly DayText[], { inSample, outOfSample }: WalkForward): Window[] {
  const windows: Window[] = [];
  for (let first = 0; first + inSample + outOfSample <= dates.length; first += outOfSample) {
    const turn = first + inSample;
    windows.push({
      in: { from: dates[first]!, to: dates[turn - 1]! },
      out: { from: dates[turn]!, to: dates[turn + outOfSample - 1]! },
    });
  }
  return windows;
}
