import type { Block } from '../memory/block.ts';
import { Cell, Word } from '../memory/layout.ts';
import { LogCode, LogLoop } from '../memory/log.ts';
import { putLog } from '../memory/log-ring.ts';
import { beginChange, endChange } from '../memory/protocol.ts';
import { runStates, type RunState } from '../memory/run-state.ts';
import { speedWord } from '../session/shape.ts';
import { sessionStates, stateCauses, type SessionState, type StateCause } from '../session/state.ts';

/** What the run shows of itself beside the bars: the state of run and session, the clock, the log. */
export class Display {
  private readonly block: Block;

  constructor(block: Block) {
    this.block = block;
  }

  runState(state: RunState): void {
    this.block.header.store(Word.runState, runStates.indexOf(state));
  }

  sessionState(state: SessionState): void {
    this.block.words[Word.sessionState] = sessionStates.indexOf(state);
  }

  speed(multiple: number): void {
    this.block.words[Word.speedThousandths] = speedWord(multiple);
  }

  clock(at: number): void {
    const { header, cells } = this.block;
    beginChange(header, Word.metricsRevision);
    cells[Cell.clock] = at;
    endChange(header, Word.metricsRevision);
  }

  /** When the next bar is due, so that a page can move the clock between bars; NaN twice while nothing is paced. */
  due(at: number, wallMs: number): void {
    const { header, cells } = this.block;
    beginChange(header, Word.metricsRevision);
    cells[Cell.nextInstant] = at;
    cells[Cell.nextDueWall] = wallMs;
    endChange(header, Word.metricsRevision);
  }

  /** Ends what an error left half changed, so that no reader waits for it. */
  steady(): void {
    const { header, words } = this.block;
    for (const counter of [Word.epoch, Word.metricsRevision, Word.mendRevision, Word.accountRevision])
      if (words[counter]! & 1) endChange(header, counter);
  }

  /** The quality of a session that has ended, in percent. */
  quality(session: number, percent: number): void {
    const { header, sessionQuality } = this.block;
    beginChange(header, Word.metricsRevision);
    sessionQuality[session] = percent;
    endChange(header, Word.metricsRevision);
  }

  stateLog(at: number, state: SessionState, cause: StateCause): void {
    this.log(at, LogCode.state, -1, sessionStates.indexOf(state), stateCauses.indexOf(cause));
  }

  log(at: number, code: number, symbol: number, a: number, b: number): void {
    putLog(this.block, at, LogLoop.coordinator, code, symbol, a, b);
  }
}
