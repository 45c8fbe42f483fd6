import { readReport } from '../../session/report-file.ts';
import { messageOf } from '../notices.svelte.ts';
import { readSavedRun } from './saved-run.ts';
import { SavedRunsStore } from './saved-runs-store.ts';

/** What became of a saved run of a workspace. */
export type TakenRun = { readonly name: string } & (
  | { readonly done: 'kept'; readonly as: string }
  | { readonly done: 'existing' }
  | { readonly done: 'refused'; readonly why: string }
);

/** The runs that are kept here under a name, each as JSON with its report, also those that cannot be read. */
export async function runsForWorkspace(): Promise<Blob[]> {
  const runs: Blob[] = [];
  for await (const whole of new SavedRunsStore().whole())
    runs.push(new Blob([JSON.stringify(whole)], { type: 'application/json' }));
  return runs;
}

/** Keeps the runs of a workspace that are not here yet. */
export async function takeRuns(runs: readonly Blob[]): Promise<TakenRun[]> {
  const store = new SavedRunsStore();
  const taken: TakenRun[] = [];
  for (const [place, run] of runs.entries()) taken.push(await take(store, await run.text(), `run ${place + 1}`));
  return taken;
}

async function take(store: SavedRunsStore, text: string, place: string): Promise<TakenRun> {
  let name = place;
  try {
    const { run, report } = JSON.parse(text) as { readonly run?: unknown; readonly report?: unknown };
    const read = readSavedRun(run);
    if (!read.ok) throw new Error(read.message);
    ({ name } = read.run);
    if (typeof report !== 'string') throw new Error('its report is missing');
    const told = readReport(report);
    if (!told.ok) throw new Error(told.message);
    if (told.report.fingerprint !== read.run.fingerprint) throw new Error('its report is of another run');
    const as = await store.take(read.run, report);
    return as === undefined ? { name, done: 'existing' } : { name, done: 'kept', as };
  } catch (thrown) {
    return { name, done: 'refused', why: messageOf(thrown) };
  }
}
