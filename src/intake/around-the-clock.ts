import { day, hour } from '../time/instant.ts';
import type { Run } from './look.ts';

/** Hours of a Saturday in which there must be bars. */
const leastHours = 22;

/**
 * Whether bars are of a market that never closes: there are some in nearly every hour of Saturdays, on whatever clock. Exchanges and
 * currencies rest for most of that day everywhere.
 */
export function neverCloses(runs: readonly Run[]): boolean {
  const hours = new Set<number>();
  for (const { columns } of runs)
    for (let i = 0; i < columns.count; i++) {
      // 1970-01-03 was a Saturday.
      const ofWeek = (columns.start[i]! - 2 * day) % (7 * day);
      if (ofWeek < day) hours.add(Math.floor(ofWeek / hour));
    }
  return hours.size >= leastHours;
}
