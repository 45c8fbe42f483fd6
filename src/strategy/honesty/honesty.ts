import { bestFive } from './best-five.ts';
import type { HonestyCheck, HonestyInput } from './check.ts';
import { doubtfulBars, upkeepFills } from './doubtful-bars.ts';
import { lookAhead } from './look-ahead.ts';
import { lowQuality } from './low-quality.ts';
import { oneMoreTick } from './one-more-tick.ts';
import { orderInBar } from './order-in-bar.ts';
import { parametersAgainstTrades } from './parameters.ts';
import { sessionEdges } from './session-edges.ts';

const questions = [
  lookAhead,
  orderInBar,
  doubtfulBars,
  upkeepFills,
  lowQuality,
  sessionEdges,
  oneMoreTick,
  bestFive,
  parametersAgainstTrades,
];

/** The honesty report of a run: what to ask of a result before one believes it, with the answers. Of closed trades alone. */
export function honestyOf(input: HonestyInput): HonestyCheck[] {
  return questions.map((question) => question(input));
}
