import { csvLine } from '../bars/csv-line.ts';
import { LogLoop } from '../memory/log.ts';
import type { RunPlan } from '../session/plan.ts';
import { isoText } from '../time/instant.ts';
import type { SlotAxis } from './chart/slot-axis.ts';
import { several } from './labels.ts';
import { levelOf } from './log-levels.ts';
import { lineWords, type LogLine } from './log-words.ts';

/**
 * Lines of the log as a CSV that no spreadsheet runs, the latest first: time in UTC, session, level, loop and words, whose times are on the
 * wall of the market's zone. `passedOver` records are not there, which the last line then says.
 */
export function logCsv(lines: readonly LogLine[], plan: RunPlan, axis: SlotAxis, passedOver: number): string {
  const rows = lines.map((line) => [
    isoText(line.record.at),
    plan.sessions[line.session]!.date,
    levelOf(line.record),
    line.record.loop === LogLoop.upkeep ? 'upkeep' : 'coordinator',
    lineWords(line, plan, axis),
  ]);
  const lost = ['', '', 'warning', '', `${several(passedOver, 'record')} went by too fast to be kept`];
  return [
    ['time (UTC)', 'session', 'level', 'loop', `record (times: ${plan.zone})`],
    ...rows,
    ...(passedOver > 0 ? [lost] : []),
  ]
    .map(csvLine)
    .join('');
}
