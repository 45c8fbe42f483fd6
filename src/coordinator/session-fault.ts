import type { FaultCause } from '../session/state.ts';

/** An error that ends the session in which it happened, and not the run. */
export class SessionFault extends Error {
  readonly fault: FaultCause;

  constructor(fault: FaultCause, thrown: unknown) {
    super(wordsOf(thrown), { cause: thrown });
    this.name = 'SessionFault';
    this.fault = fault;
  }

  /** What was thrown while a session was played, as its fault. */
  static of(thrown: unknown): SessionFault {
    return thrown instanceof SessionFault ? thrown : new SessionFault('error in the session', thrown);
  }
}

/** The words of anything that was thrown. */
export function wordsOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
