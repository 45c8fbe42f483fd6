import { RunFault } from '../strategy/run-fault.ts';

/** Milliseconds that a hook may take. A worker that is ended goes on for two seconds in Chromium: together less than three. */
export const hookLimitMs = 800;

/** A hook that did not come back: the code is not called again, and the run is over. */
export class Runaway extends RunFault {
  readonly line: number;

  constructor(line: number) {
    super(runawayWords(line));
    this.name = 'Runaway';
    this.line = line;
  }
}

/** What is told of a hook that did not come back. */
export function runawayWords(line: number): string {
  return `line ${Math.max(1, line)}, column 1: the strategy did not come back for ${hookLimitMs / 1_000} s and was stopped; a hook is called for every bar and must be done at once`;
}
