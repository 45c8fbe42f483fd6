import { fileURLToPath } from 'node:url';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunReport } from '../../src/session/report.ts';
import { temporaryFolder } from './temporary-folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the terminal, with the environment changed as given. */
export function terminal(args: readonly string[], env: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'src/cli/main.ts', ...args],
      { cwd: root, env: { ...process.env, ...env }, maxBuffer: 1 << 28 },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err }),
    );
  });
}

/** Writes files into a fresh folder; returns their paths. */
export async function onDisk(...files: { name: string; text: string | Buffer }[]): Promise<string[]> {
  const folder = temporaryFolder();
  return Promise.all(
    files.map(async ({ name, text }) => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    }),
  );
}

/** The report that the terminal gives for a configuration and files. Throws with its words when it does not. */
export async function terminalReport(
  config: object,
  files: readonly string[],
  env: Record<string, string> = {},
): Promise<RunReport> {
  const [path] = await onDisk({ name: 'config.json', text: JSON.stringify(config) });
  const { code, out, err } = await terminal(['run', path!, ...files], env);
  if (code !== 0) throw new Error(`exit ${code}: ${err}`);
  return JSON.parse(out) as RunReport;
}
