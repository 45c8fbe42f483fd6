import { ring, Role } from '../memory/bell.ts';
import type { Block } from '../memory/block.ts';
import { Cell, Word } from '../memory/layout.ts';
import { LogCode } from '../memory/log.ts';
import { beginChange, endChange, isStaged } from '../memory/protocol.ts';
import type { SessionReport } from '../session/report.ts';
import type { Display } from './display.ts';

/** Asks the library for sessions, and accounts for the time that the run waited for one. */
export class StorageWait {
  /** How the session that plays was fetched, and the wall milliseconds that the run waited for it, or waits for the next. */
  outcome: SessionReport['prefetch'] = 'off';
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

  /**
   * Shows and logs at a session's open how it was ready. `counts` is false for one that nobody could fetch ahead; of a session
   * that was played already, what was measured then stays.
   */
  settle(open: number, counts: boolean, played: SessionReport | undefined): void {
    const { header, words, cells } = this.block;
    if (played) this.waitedMs = played.waitedMs;
    this.outcome = played?.prefetch ?? (!counts ? 'off' : this.waitedMs > 0 ? 'miss' : 'hit');
    beginChange(header, Word.metricsRevision);
    cells[Cell.waitedMs]! += this.waitedMs;
    endChange(header, Word.metricsRevision);
    if (this.outcome === 'miss') {
      words[Word.prefetchMisses]!++;
      this.display.log(open, LogCode.prefetchMiss, -1, Math.round(this.waitedMs * 1_000), 0);
    } else if (this.outcome === 'hit') {
      words[Word.prefetchHits]!++;
      this.display.log(open, LogCode.prefetchHit, -1, 0, 0);
    }
  }
}
