import { mkdtempSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the folder of a run of tests to the processes that it starts. */
const variable = 'TAPEDECK_TESTS';

/** A fresh folder for a test. It lies in that of the run, and goes with it. */
export function temporaryFolder(name = 'files-'): string {
  const folder = process.env[variable];
  if (folder === undefined) throw new Error('there is no folder for the run; is folderOfTheRun its global set-up?');
  return mkdtempSync(join(folder, name));
}

/** Makes the folder of a run of tests, and returns what takes it away: the global set-up of vitest and of Playwright. */
export default async function folderOfTheRun(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'tapedeck-tests-'));
  process.env[variable] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
