import { ring, Role } from '../memory/bell.ts';
import type { Block } from '../memory/block.ts';
import { Cell, Word } from '../memory/layout.ts';
import { LogCode } from '../memory/log.ts';
import { beginChange, endChange, isStaged } from '../memory/protocol.ts';
import type { SessionReport } from '../session/report.ts';
import type { Display } from './display.ts';

/** Asks the library for sessions, and accounts for the time that the run waited for one. */
export class StorageWait {
  /** Wall milliseconds that the run has waited for the session that is next, or that plays. */
  waitedMs = 0;
  private readonly block: Block;
  private readonly display: Display;
  private sinceMs = -1;

  constructor(block: Block, display: Display) {
    this.block = block;
    this.display = display;
  }

  /** Asks the library for that many sessions of the run. */
  want(sessions: number): void {
    this.block.header.store(Word.wantedByCoordinator, sessions);
    ring(this.block, Role.library);
  }

  /** Whether the session is laid out; while it is not, the run waits for it from `nowMs` on. */
  isOver(session: number, nowMs: () => number): boolean {
    if (!isStaged(this.block.header, session)) {
      if (this.sinceMs < 0) this.sinceMs = nowMs();
      this.want(session + 1);
      return false;
    }
    if (this.sinceMs >= 0) this.waitedMs += nowMs() - this.sinceMs;
    this.sinceMs = -1;
    return true;
  }

  /** Shows and logs at a session's open how it was ready; `counts` is false for one that nobody could fetch ahead. */
  show(open: number, counts: boolean): void {
    const { header, words, cells } = this.block;
    beginChange(header, Word.metricsRevision);
    cells[Cell.waitedMs]! += this.waitedMs;
    endChange(header, Word.metricsRevision);
    if (!counts) return;
    if (this.waitedMs > 0) {
      words[Word.prefetchMisses]!++;
      this.display.log(open, LogCode.prefetchMiss, -1, Math.round(this.waitedMs * 1_000), 0);
    } else {
      words[Word.prefetchHits]!++;
      this.display.log(open, LogCode.prefetchHit, -1, 0, 0);
    }
  }

  /** How the session was fetched, for its report. */
  outcome(counts: boolean): SessionReport['prefetch'] {
    if (!counts) return 'off';
    return this.waitedMs > 0 ? 'miss' : 'hit';
  }
}
