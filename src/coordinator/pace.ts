/**
 * Keeps the tape in step with the wall clock. Tape time is open time alone: nights, weekends and breaks cost nothing. The due
 * time of each bar is counted from an anchor, so that lateness does not add up.
 */
export class Pace {
  /** Multiple of real time; Infinity is as fast as possible. */
  speed: number;
  private tapeMs = 0;
  private anchorTapeMs = 0;
  private anchorWallMs = 0;

  constructor(speed: number) {
    this.speed = speed;
  }

  /** From here on the tape goes at the speed. `nowMs` is of any clock that does not jump. */
  anchor(nowMs: number): void {
    this.anchorTapeMs = this.tapeMs;
    this.anchorWallMs = nowMs;
  }

  /** When the instant that ends a bar of that length is due. */
  dueMs(barMs: number): number {
    return this.anchorWallMs + (this.tapeMs + barMs - this.anchorTapeMs) / this.speed;
  }

  /** A bar of that length has been played. After a stop of more than a second (a frozen page) the pace starts anew from here. */
  advance(barMs: number, nowMs: number): void {
    const lateMs = this.speed === Infinity ? 0 : nowMs - this.dueMs(barMs);
    this.tapeMs += barMs;
    if (lateMs > 1_000) this.anchor(nowMs);
  }
}
