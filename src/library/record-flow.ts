import type { Block } from '../memory/block.ts';
import { FlowWriter } from '../memory/flow-ring.ts';
import { Word } from '../memory/layout.ts';
import type { Frame, Timeline } from '../memory/timeline.ts';
import type { RunPlan } from '../session/plan.ts';
import { timelineOf } from '../session/run-timeline.ts';
import type { RecordTape } from './record-tape.ts';

/**
 * Writes the run's quotes and ticks into the flow ring, ahead of the clock: session after session, all symbols in the order of
 * time; of one time in the plan's order, quotes before ticks, then as in the file. A record belongs to the first base slot whose
 * end is not before it, and to a session from its open up to and with its close; those in breaks and around the session are
 * counted as outside, up to the next session's open. What a session gets follows from the plan alone, so that a run can be taken
 * up at any of them.
 */
export class RecordFlow {
  private readonly plan: RunPlan;
  private readonly timeline: Timeline;
  private readonly tapes: readonly RecordTape[];
  private readonly writer: FlowWriter;
  /** By symbol, quotes and ticks outside the session. */
  private readonly outside: Int32Array;
  private session: number;
  private frame: Frame | null = null;
  private slot = 0;
  /** The first time that is not the session's. */
  private until = 0;

  /** `tapes` are those of `plan.records`. */
  constructor(plan: RunPlan, block: Block, tapes: readonly RecordTape[]) {
    this.plan = plan;
    this.tapes = tapes;
    this.timeline = timelineOf(plan);
    this.session = Math.max(plan.firstPlayed, block.words[Word.origin]!);
    this.writer = new FlowWriter(block);
    this.outside = new Int32Array(plan.symbols.length * 2);
  }

  /** Whether all of the run is written. */
  get done(): boolean {
    return this.session >= this.plan.sessions.length;
  }

  /** Whether there is work, and room for it: sessions below `staged` are laid out, and half of the ring is empty. */
  ready(staged: number): boolean {
    return !this.done && this.session < staged && this.writer.room * 2 >= this.writer.capacity;
  }

  /** Writes what there is room for, at most to the end of a session. Rejects when records cannot be read. */
  async pump(): Promise<void> {
    const { writer } = this;
    const frame = this.frame ?? (await this.enter());
    const grid = frame.grids[0]!;
    for (; this.slot < grid.count; this.slot++) {
      const last = this.slot + 1 === grid.count;
      if (!(await this.write(frame, grid.starts[this.slot]!, grid.ends[this.slot]!))) return this.flush(frame);
      if (!last) continue;
      await this.passOver();
      if (writer.room < this.plan.symbols.length) return this.flush(frame);
      this.tellOutside(frame.firstTick + this.slot);
    }
    this.flush(frame);
    this.frame = null;
    this.session++;
  }

  private async enter(): Promise<Frame> {
    const { sessions } = this.plan;
    const frame = this.timeline.frame(this.session);
    const before = sessions[this.session - 1];
    const { dayStart, open } = frame.session;
    const own = Math.min(dayStart, open);
    const from = before ? Math.max(own, this.endOf(this.session - 1)) : own;
    await Promise.all(this.tapes.map((tape) => tape.seek(from)));
    this.until = this.endOf(this.session);
    this.slot = 0;
    this.outside.fill(0);
    return (this.frame = frame);
  }

  /** The first time after a session and its day; not beyond the next session's open, unless the session closes then. */
  private endOf(session: number): number {
    const { sessions } = this.plan;
    const { close, dayEnd } = sessions[session]!;
    const next = sessions[session + 1]?.open ?? Infinity;
    return Math.max(close + 1, Math.min(dayEnd, next));
  }

  /** Writes the records up to and with `end`; those before `start` are outside. False when the ring is full. */
  private async write(frame: Frame, start: number, end: number): Promise<boolean> {
    const { tapes, writer, plan } = this;
    const tick = frame.firstTick + this.slot;
    let { room } = writer;
    for (;;) {
      const i = this.earliest();
      const tape = tapes[i]!;
      const { time } = tape;
      if (time > end) return true;
      const { symbol, kind } = plan.records[i]!;
      if (time < start) this.outside[symbol * 2 + (kind === 'quotes' ? 0 : 1)]!++;
      else {
        if (room === 0 && (room = writer.room) === 0) return false;
        writer.put(kind, symbol, tick, time, tape.columns!.values, tape.row);
        room--;
      }
      tape.row++;
      if (!tape.filled) await tape.fill();
    }
  }

  /** The tape with the earliest record, the first of several; all of them are filled. */
  private earliest(): number {
    const { tapes } = this;
    let best = 0;
    let least = tapes[0]!.time;
    for (let i = 1; i < tapes.length; i++) {
      const { time } = tapes[i]!;
      if (time < least) {
        least = time;
        best = i;
      }
    }
    return best;
  }

  /** Passes over what comes after the close. */
  private async passOver(): Promise<void> {
    for (const [i, tape] of this.tapes.entries()) {
      const { symbol, kind } = this.plan.records[i]!;
      while (tape.time < this.until) {
        this.outside[symbol * 2 + (kind === 'quotes' ? 0 : 1)]!++;
        tape.row++;
        if (!tape.filled) await tape.fill();
      }
    }
  }

  private tellOutside(tick: number): void {
    for (let s = 0; s < this.plan.symbols.length; s++) {
      const [quotes, ticks] = this.outside.subarray(s * 2, s * 2 + 2);
      if (quotes! + ticks! > 0) this.writer.putOutside(s, tick, quotes!, ticks!);
    }
  }

  private flush(frame: Frame): void {
    this.writer.flush(frame.firstTick + this.slot);
  }
}
