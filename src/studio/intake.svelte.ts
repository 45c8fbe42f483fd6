import { proxy } from 'comlink';
import { defaultChoices, type IntakeChoices } from '../intake/choices.ts';
import { breathe } from '../library/breathe.ts';
import type { ChosenFile } from '../library/chosen-file.ts';
import type { ImportProgress, ImportSummary } from '../library/import.ts';
import type { ImportPreview } from '../library/import-preview.ts';
import type { Manifest } from '../library/manifest.ts';
import { askToKeepLibrary } from '../library/storage-state.ts';
import type { SessionRules } from '../time/session-calendar.ts';
import { importAdvice } from './import-advice.ts';
import { countLabel } from './labels.ts';
import type { Library } from './library.svelte.ts';
import { messageOf, type Notices } from './notices.svelte.ts';
import { patienceMs } from './waiting.ts';

/** An import on its way, from the chosen files to the summary. */
export type ImportStep =
  | { readonly name: 'reading'; readonly files: readonly ChosenFile[] }
  | { readonly name: 'preview'; readonly files: readonly ChosenFile[]; readonly preview: ImportPreview }
  | { readonly name: 'importing'; readonly files: readonly ChosenFile[]; readonly startedMs: number };

/** So many files are copied to the worker in some milliseconds. */
const filesAtOnce = 32;

/** The import of files: one is looked at or made at a time. */
export class Intake {
  readonly #library: Library;
  readonly #notices: Notices;
  #step = $state.raw<ImportStep>();
  #choices = $state.raw<IntakeChoices>(defaultChoices);
  #progress = $state.raw<ImportProgress>();
  #read = 0;
  #isSlow = $state.raw(false);
  #summary = $state.raw<ImportSummary>();
  #misfit = $state.raw<string>();
  #into = $state.raw<Manifest>();
  /** The files that the worker has, and which worker that is. */
  #given: { readonly files: readonly ChosenFile[]; readonly to: unknown } | undefined;
  #asked = 0;

  constructor(library: Library, notices: Notices) {
    this.#library = library;
    this.#notices = notices;
  }

  get step(): ImportStep | undefined {
    return this.#step;
  }

  get choices(): IntakeChoices {
    return this.#choices;
  }

  get progress(): ImportProgress | undefined {
    return this.#progress;
  }

  /** Records that the import has read so far. */
  get read(): number {
    return this.#read;
  }

  /** The import takes longer than a moment. */
  get isSlow(): boolean {
    return this.#isSlow;
  }

  /** Of the last import that is stored; undefined when it was dismissed, or the dataset is not here any more. */
  get summary(): ImportSummary | undefined {
    const id = this.#summary?.manifest.id;
    return this.#library.datasets.some((dataset) => dataset.id === id) ? this.#summary : undefined;
  }

  /** Why what was remembered of the previewed layouts was left out; undefined where it was not. */
  get misfit(): string | undefined {
    return this.#misfit;
  }

  /** The dataset that the files of the import are added to; undefined where they become one of their own. */
  get into(): Manifest | undefined {
    return this.#into;
  }

  /**
   * Reads the beginnings of files and shows what is made of them, with what was chosen for their layouts before; times without a zone
   * are in the market's.
   */
  async preview(files: readonly ChosenFile[], marketZone: string, into?: Manifest): Promise<void> {
    if (files.length === 0) return;
    if (this.#step?.name === 'importing')
      return this.#raise(files, new Error('Another import is running; wait for it or cancel it'));
    this.#summary = undefined;
    this.#misfit = undefined;
    this.#into = into;
    this.#notices.clear('import');
    const asked = ++this.#asked;
    this.#step = { name: 'reading', files };
    const plain = { ...defaultChoices, marketZone };
    try {
      const { rememberedChoices } = await import('./remembered-layouts.ts');
      const byLayout = rememberedChoices(() => localStorage);
      const look = async (choices: IntakeChoices): Promise<void> => {
        if (!(await this.#give(files))) return;
        const preview = await this.#library.service.preview(choices);
        if (asked !== this.#asked) return;
        this.#choices = choices;
        this.#step = { name: 'preview', files, preview };
      };
      try {
        await look({ ...plain, byLayout });
      } catch (misfit) {
        // Without anything remembered there may be nothing wrong.
        await look(plain);
        this.#misfit = messageOf(misfit);
      }
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.#step = undefined;
      this.#raise(files, thrown);
    }
  }

  /** Takes other choices and reads the beginnings again with them. Resolves with the reason where a file does not fit; then all stays as it is. */
  async choose(choices: IntakeChoices): Promise<string | undefined> {
    if (this.#step?.name !== 'preview') return undefined;
    const { files } = this.#step;
    const asked = ++this.#asked;
    try {
      if (!(await this.#give(files))) return undefined;
      const preview = await this.#library.service.preview(choices);
      if (asked !== this.#asked) return undefined;
      this.#choices = choices;
      this.#step = { name: 'preview', files, preview };
      return undefined;
    } catch (thrown) {
      return asked === this.#asked ? messageOf(thrown) : undefined;
    }
  }

  /**
   * Imports the previewed files; resolves with the dataset once it is stored and listed, undefined when it is not. What is missing is
   * counted by the sessions of the market.
   */
  async import(market: SessionRules): Promise<Manifest | undefined> {
    if (this.#step?.name !== 'preview') return undefined;
    const { files } = this.#step;
    this.#progress = undefined;
    this.#read = 0;
    this.#step = { name: 'importing', files, startedMs: performance.now() };
    const slow = setTimeout(() => (this.#isSlow = true), patienceMs);
    try {
      const into = this.#into;
      const tell = proxy((progress: ImportProgress) => {
        if (progress.stage !== 'storing') this.#read = progress.bars;
        this.#progress = progress;
      });
      if (!(await this.#give(files))) throw new Error('The import was cancelled');
      const summary = await (into
        ? this.#library.service.appendFiles(into.id, this.#choices, tell, market)
        : this.#library.service.importFiles(this.#choices, tell, market));
      if (!summary.existing) void askToKeepLibrary(navigator.storage as StorageManager | undefined);
      await this.#library.refresh();
      // The page shows the new list in a task of its own, and the rest after it.
      await breathe();
      this.#summary = summary;
      return summary.manifest;
    } catch (thrown) {
      if (messageOf(thrown).includes('import was cancelled')) this.#notices.say('The import was cancelled.');
      else this.#raise(files, thrown);
      return undefined;
    } finally {
      clearTimeout(slow);
      this.#isSlow = false;
      this.#step = undefined;
    }
  }

  /** Leaves the preview, or stops the import that runs. */
  cancel(): void {
    this.#asked++;
    if (this.#step?.name === 'importing') void this.#library.service.cancel();
    else this.#step = undefined;
  }

  dismissSummary(): void {
    this.#summary = undefined;
  }

  /** Gives the worker files, unless it has them; resolves with false where they were given up meanwhile, for others or none. */
  async #give(files: readonly ChosenFile[]): Promise<boolean> {
    const { service } = this.#library;
    const asked = this.#asked;
    if (this.#given?.files === files && this.#given.to === service) return true;
    this.#given = undefined;
    for (let from = 0; from < files.length; from += filesAtOnce) {
      await service.giveFiles(files.slice(from, from + filesAtOnce), from);
      if (asked !== this.#asked) return false;
    }
    this.#given = { files, to: service };
    return true;
  }

  #raise(files: readonly ChosenFile[], thrown: unknown): void {
    const names = files.length === 1 ? `“${files[0]!.path}” was` : `The ${countLabel(files.length)} files were`;
    this.#notices.raise('import', {
      title: `${names} not imported`,
      detail: messageOf(thrown),
      advice: importAdvice(thrown),
    });
  }
}
