import type { RunReport } from '../session/report.ts';
import { healthOf } from './health/health.svelte.ts';
import type { Studio } from './studio.svelte.ts';

/** The report of the run that is there, and behind it how often and how long the operations of this visit took. Rejects as the report does. */
export async function reportWithOperations(studio: Studio): Promise<RunReport> {
  const report = await studio.waits.during('Making the report', studio.deck.report());
  return { ...report, operations: healthOf(studio).operations() };
}
