import { qualityPercent } from '../bars/quality.ts';
import type { Block } from '../memory/block.ts';
import { Cell, Word } from '../memory/layout.ts';
import { beginChange, endChange } from '../memory/protocol.ts';
import type { Timeline } from '../memory/timeline.ts';
import type { RunPlan } from '../session/plan.ts';
import type { SessionReport } from '../session/report.ts';
import { Due, TickTables } from '../session/tick.ts';
import type { Display } from './display.ts';

/** Shows in a fresh block what the sessions that were played before it left: their quality, and the run's counts so far. */
export function showPlayed(
  plan: RunPlan,
  block: Block,
  timeline: Timeline,
  display: Display,
  played: readonly SessionReport[],
): void {
  const { header, words, cells } = block;
  const ticks = new TickTables(plan);
  let waitedMs = 0;
  played.forEach((report, i) => {
    const session = plan.firstPlayed + i;
    let expected = 0;
    let missing = 0;
    for (const symbol of Object.values(report.symbols)) {
      expected += symbol.expected;
      missing += symbol.missing;
      words[Word.fills]! += symbol.filled;
      words[Word.attempts]! += symbol.fillAttempts;
    }
    display.quality(session, qualityPercent(expected - missing, expected));
    if (report.prefetch === 'hit') words[Word.prefetchHits]!++;
    if (report.prefetch === 'miss') words[Word.prefetchMisses]!++;
    waitedMs += report.waitedMs;
    const frame = timeline.frame(session);
    const { ends, count } = frame.grids[0]!;
    const due = ticks.of(frame);
    const [state, at] = report.states.at(-1)!;
    const over = state === 'error' ? Date.parse(at) : Infinity;
    for (let slot = 0; slot < count && ends[slot]! <= over; slot++)
      if ((due[slot]! & Due.gaps) !== 0) words[Word.ticks]!++;
  });
  beginChange(header, Word.metricsRevision);
  cells[Cell.waitedMs] = waitedMs;
  endChange(header, Word.metricsRevision);
}
