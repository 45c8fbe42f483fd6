import type { ComparedRun } from '../session/compare.ts';
import { several } from './labels.ts';

/** A run that can be compared. */
export interface KeptRun {
  readonly id: string;
  readonly name: string;
  readonly report: ComparedRun;
}

/** The report of a run that was kept under a name, by its key in the browser's storage. */
export interface SavedReport {
  readonly key: number;
  readonly name: string;
  readonly report: ComparedRun;
}

/** Reports that are kept; older ones are let go. */
const mostKept = 20;

/** Bytes of a report file; a report of a hundred symbols over a year has some ten million. */
const mostBytes = 200_000_000;

/** The reports of this visit to the page and those of files, and the two of them that are compared. */
export class KeptRuns {
  #runs = $state.raw<readonly KeptRun[]>([]);
  #one = $state.raw<string>();
  #other = $state.raw<string>();
  #refused = $state.raw<readonly string[]>([]);
  #files = 0;

  /** The latest last. */
  get runs(): readonly KeptRun[] {
    return this.#runs;
  }

  get one(): KeptRun | undefined {
    return this.#runs.find(({ id }) => id === this.#one);
  }

  get other(): KeptRun | undefined {
    return this.#runs.find(({ id }) => id === this.#other);
  }

  /** Files that are no reports, and why. */
  get refused(): readonly string[] {
    return this.#refused;
  }

  /**
   * Keeps the report of a run of this page as it stands now; a later one of the same run takes its place. A run that is new is
   * compared with the one before it.
   */
  keep(run: number, report: ComparedRun): void {
    const id = `run ${run}`;
    const known = this.#runs.find((each) => each.id === id);
    const before = this.#runs.findLast((each) => each.id.startsWith('run '));
    const time = known?.name.slice(0, 8) ?? new Date().toTimeString().slice(0, 8);
    this.#put({ id, name: `${time} ${nameOf(report)}`, report });
    if (!known && before) [this.#one, this.#other] = [before.id, id];
  }

  /** Takes the report files among those that were chosen, and tells of the others. */
  async open(files: Iterable<File>): Promise<void> {
    const { readReport } = await import('../session/report-file.ts');
    const refused: string[] = [];
    for (const file of files) {
      if (file.size > mostBytes) {
        refused.push(`${file.name} is not a run report: it is larger than ${mostBytes / 1e6} MB`);
        continue;
      }
      const read = readReport(await file.text());
      if (read.ok)
        this.#put({ id: `file ${++this.#files}`, name: `${file.name} ${nameOf(read.report)}`, report: read.report });
      else refused.push(`${file.name} is not a run report: ${read.message}`);
    }
    this.#refused = refused;
  }

  /** Takes two runs that were kept under a name, to be compared. */
  takeSaved(...runs: readonly [SavedReport, SavedReport]): void {
    const ids = runs.map(({ key, name, report }) => {
      const id = `saved ${key}`;
      this.#put({ id, name: `${name} · ${nameOf(report)}`, report });
      return id;
    });
    [this.#one, this.#other] = ids;
  }

  choose(side: 'one' | 'other', id: string): void {
    if (side === 'one') this.#one = id;
    else this.#other = id;
  }

  /** A run that comes is chosen where there is room, so that two are compared as soon as there are two. */
  #put(run: KeptRun): void {
    const others = this.#runs.filter(({ id }) => id !== run.id);
    this.#runs = [...others, run].slice(-mostKept);
    if (!this.one) this.#one = run.id;
    else if (!this.other && this.#one !== run.id) this.#other = run.id;
  }
}

/** `WALK · 2 symbols · 3 sessions · 5f2c81ab`. */
function nameOf({ data, sessions, fingerprint }: ComparedRun): string {
  const hash = fingerprint?.slice(7, 15) ?? 'no session ended';
  return [
    data[0]?.dataset ?? 'no bars',
    several(data.length, 'symbol'),
    several(sessions.length, 'session'),
    hash,
  ].join(' · ');
}
