import { encodeLink } from '../../config/link.ts';
import { proofOf } from '../../session/proof.ts';
import { readReport } from '../../session/report-file.ts';
import type { ComparedRun } from '../../session/compare.ts';
import type { RunReport } from '../../session/report.ts';
import { saveJson } from '../download.ts';
import { messageOf } from '../notices.svelte.ts';
import type { Studio } from '../studio.svelte.ts';
import { keyFigures } from './key-figures.ts';
import { keptReport, readSavedRun, type SavedRun } from './saved-run.ts';
import { SavedRunsStore, type StoredRun } from './saved-runs-store.ts';

export type ReadableRun = Extract<StoredRun, { readonly ok: true }>;

/** Runs that are laid side by side at most; more columns cannot be read. */
export const mostCompared = 6;

/** A run of the list with its report. */
export interface ComparedSavedRun {
  readonly key: number;
  readonly run: SavedRun;
  readonly report: ComparedRun;
}

/** The runs that are kept in this browser, and those of them that are compared. */
export class SavedRuns {
  readonly #studio: Studio;
  readonly #store = new SavedRunsStore();
  #all = $state.raw<readonly StoredRun[]>();
  #refused = $state.raw('');
  #chosen = $state.raw<readonly number[]>([]);
  #compared = $state.raw<readonly ComparedSavedRun[]>([]);
  #asked = 0;

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** In the order in which they were kept; undefined until they are read. */
  get all(): readonly StoredRun[] | undefined {
    return this.#all;
  }

  /** Why the last thing that was asked for was not done; empty where it was. */
  get refused(): string {
    return this.#refused;
  }

  /** Keys of the runs that are to be compared, in the order in which they were chosen. */
  get chosen(): readonly number[] {
    return this.#chosen;
  }

  /** Those of them whose reports are read. */
  get compared(): readonly ComparedSavedRun[] {
    return this.#compared;
  }

  /** Reads the list anew: other tabs change it too. */
  refresh(): Promise<boolean> {
    return this.#do(() => Promise.resolve());
  }

  /** Keeps the run that is there under a name. */
  keep(name: string): Promise<boolean> {
    return this.#do(async () => {
      const { deck, setUp, waits } = this.#studio;
      const finished = deck.phase === 'finished';
      const report = await waits.during('Making the report', deck.report());
      const text = keptReport(report);
      const [link, unproven] = await linkOf(report, finished, setUp.datasets);
      const run: SavedRun = {
        version: 1,
        name,
        savedAt: Date.now(),
        finished,
        engine: report.app.version,
        fingerprint: report.fingerprint!,
        dataset: report.data[0]?.dataset ?? 'no bars',
        symbols: report.data.length,
        sessions: report.sessions.length,
        link,
        unproven,
        figures: keyFigures(report),
      };
      const read = readSavedRun(run);
      if (!read.ok) throw new Error(read.message);
      await this.#store.add(read.run, text);
    });
  }

  rename(key: number, name: string): Promise<boolean> {
    return this.#do(() => this.#store.rename(key, name));
  }

  remove(key: number): Promise<boolean> {
    return this.#do(() => this.#store.remove(key));
  }

  /** Saves a run as a report file, with its name, link and figures beside; **Compare runs** and the terminal's reports have the same shape. */
  download({ key, run }: ReadableRun): Promise<boolean> {
    return this.#do(async () => {
      const report = JSON.parse(await this.#store.report(key)) as object;
      saveJson(
        `tapedeck-run-${run.name.replaceAll(/[^\w-]+/g, '-')}.json`,
        JSON.stringify({ ...report, saved: run }, null, 2),
      );
    });
  }

  /** Takes a run into the comparison, or out of it. */
  async choose(key: number, on: boolean): Promise<void> {
    const others = this.#chosen.filter((each) => each !== key);
    this.#chosen = on ? [...others, key].slice(0, mostCompared) : others;
    await this.#do(() => Promise.resolve());
  }

  /** Does what is asked, reads the list anew, and tells what went wrong. Returns whether it was done. */
  async #do(work: () => Promise<void>): Promise<boolean> {
    const asked = ++this.#asked;
    try {
      await work();
      const all = await this.#store.list();
      if (asked === this.#asked) await this.#take(all);
      this.#refused = '';
      return true;
    } catch (thrown) {
      this.#refused = `${messageOf(thrown)}.`;
      return false;
    }
  }

  async #take(all: readonly StoredRun[]): Promise<void> {
    this.#all = all;
    const readable = new Map(all.flatMap((each) => (each.ok ? [[each.key, each.run] as const] : [])));
    this.#chosen = this.#chosen.filter((key) => readable.has(key));
    const chosen = this.#chosen;
    const compared: ComparedSavedRun[] = [];
    for (const key of chosen) {
      const run = readable.get(key)!;
      const known = this.#compared.find((each) => each.key === key);
      compared.push({ key, run, report: known?.report ?? (await this.#reportOf(key, run)) });
    }
    if (chosen === this.#chosen) this.#compared = compared;
  }

  async #reportOf(key: number, { name }: SavedRun): Promise<ComparedRun> {
    const read = await this.#store.report(key).then(readReport, (thrown: unknown) => ({
      ok: false as const,
      message: messageOf(thrown),
    }));
    if (read.ok) return read.report;
    this.#chosen = this.#chosen.filter((each) => each !== key);
    throw new Error(`“${name}” cannot be compared: ${read.message}. Delete it and keep the run again`);
  }
}

/** The link of a run, and why it has no proof. */
async function linkOf(
  report: RunReport,
  finished: boolean,
  datasets: Parameters<typeof proofOf>[1],
): Promise<readonly [string, string | null]> {
  const plain = await encodeLink(report.config);
  if (!finished) return [plain, 'the run was paused before its end'];
  try {
    return [await encodeLink(report.config, proofOf(report, datasets)), null];
  } catch (thrown) {
    return [plain, messageOf(thrown).slice(0, 500)];
  }
}
