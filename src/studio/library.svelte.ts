import { proxy, wrap, type Remote } from 'comlink';
import type { LibraryWorker } from '../../workers/library.ts';
import { defaultChoices, type IntakeChoices } from '../intake/choices.ts';
import { breathe } from '../library/breathe.ts';
import type { ChosenFile } from '../library/chosen-file.ts';
import type { ImportProgress, ImportSummary } from '../library/import.ts';
import type { ImportPreview } from '../library/import-preview.ts';
import type { Flag } from '../intake/flag.ts';
import type { LeftOutRow, ListPart, ListQuery } from '../library/lists.ts';
import type { Manifest } from '../library/manifest.ts';
import type { SampleName } from '../sample/identity.ts';
import { answerable } from './answerable.ts';
import { openLibraryChannel } from '../library/between-tabs.ts';
import { askToKeepLibrary, type StorageState } from '../library/storage-state.ts';
import type { SessionRules } from '../time/session-calendar.ts';
import type { DatasetTask } from './dataset-tasks.ts';
import { importAdvice } from './import-advice.ts';
import { countLabel } from './labels.ts';
import { messageOf, reloadPage, type Notices } from './notices.svelte.ts';
import { patienceMs } from './waiting.ts';
import type { RunLibrary } from './shared-engine.ts';
import { libraryWorker } from './workers.ts';

/** The parts of an audit. */
export type AuditTab = 'files' | 'left out' | 'flags';

/** An import on its way, from the chosen files to the summary. */
export type ImportStep =
  | { readonly name: 'reading'; readonly files: readonly ChosenFile[] }
  | { readonly name: 'preview'; readonly files: readonly ChosenFile[]; readonly preview: ImportPreview }
  | { readonly name: 'importing'; readonly files: readonly ChosenFile[]; readonly startedMs: number };

/** So many files are copied to the worker in some milliseconds. */
const filesAtOnce = 32;

/** The datasets on this machine, and the import of new ones. The work is done by the library worker. */
export class Library {
  readonly #notices: Notices;
  readonly #onGone: (dataset: Manifest, successor: Manifest | undefined) => void;
  #giveUp: (reason: string) => void = () => undefined;
  #service: Remote<LibraryWorker> | undefined;
  #datasets = $state.raw<readonly Manifest[]>([]);
  #listed = $state.raw(false);
  #storage = $state.raw<StorageState>();
  #isKept = $state.raw(true);
  #step = $state.raw<ImportStep>();
  #choices = $state.raw<IntakeChoices>(defaultChoices);
  #progress = $state.raw<ImportProgress>();
  #read = 0;
  #isSlow = $state.raw(false);
  #summary = $state.raw<ImportSummary>();
  #misfit = $state.raw<string>();
  #audited = $state.raw<{ readonly dataset: Manifest; readonly tab: AuditTab }>();
  #task = $state.raw<DatasetTask>();
  #into = $state.raw<Manifest>();
  #held = $state.raw<readonly Manifest[]>();
  #isHolding = false;
  /** The files that the worker has, and which worker that is. */
  #given: { readonly files: readonly ChosenFile[]; readonly to: unknown } | undefined;
  #asked = 0;
  #listedCount = 0;
  #shownCount = 0;

  /** `onGone` is called for each dataset that is not here any more, whichever tab deleted it, and with what took its place if one did. */
  constructor(notices: Notices, onGone: (dataset: Manifest, successor: Manifest | undefined) => void) {
    this.#notices = notices;
    this.#onGone = onGone;
  }

  /** By name. */
  get datasets(): readonly Manifest[] {
    return this.#datasets;
  }

  /** The list has been read once. */
  get listed(): boolean {
    return this.#listed;
  }

  /** The datasets of the sample, made and not stored; undefined until they were asked for. None where they cannot be made. */
  get held(): readonly Manifest[] | undefined {
    return this.#held;
  }

  get storage(): StorageState | undefined {
    return this.#storage;
  }

  /** What is stored outlives the page; false where the browser refuses storage. */
  get isKept(): boolean {
    return this.#isKept;
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

  /** Of the last import that is stored; undefined when it was dismissed. */
  get summary(): ImportSummary | undefined {
    return this.#summary;
  }

  /** Why what was remembered of the previewed layouts was left out; undefined where it was not. */
  get misfit(): string | undefined {
    return this.#misfit;
  }

  /** The dataset whose audit is looked at, and the part of it. */
  get audited(): { readonly dataset: Manifest; readonly tab: AuditTab } | undefined {
    return this.#audited;
  }

  /** What a dialog asks for; undefined when none does. */
  get task(): DatasetTask | undefined {
    return this.#task;
  }

  /** The dataset that the files of the import are added to; undefined where they become one of their own. */
  get into(): Manifest | undefined {
    return this.#into;
  }

  /** The library's worker, for work that a dialog shows. */
  get service(): Remote<LibraryWorker> {
    return this.#remote;
  }

  /** The library's part in runs, whichever worker serves it. */
  readonly runs: RunLibrary = {
    attach: (plan, buffer) => this.#remote.attach(plan, buffer),
    lend: (port, datasets) => this.#remote.lend(port, datasets),
    detach: () => this.#remote.detach(),
  };

  /** Starts the worker and keeps the list up to date, in every tab. Resolves with whether the datasets are known. */
  open(): Promise<boolean> {
    openLibraryChannel()?.addEventListener('message', () => void this.refresh());
    return this.restart('');
  }

  /** Starts a worker in place of the one that was lost, whose calls fail with the reason; resolves with whether the list could be read. */
  restart(reason: string): Promise<boolean> {
    const giveUp = this.#giveUp;
    const worker = libraryWorker();
    worker.onerror = (event) => {
      this.#notices.raise('library', {
        title: 'The library could not be started',
        detail: event.message || 'Its worker did not load.',
        advice: 'Reload the page. If that does not help, allow storage for this site.',
        action: reloadPage,
      });
      this.#listed = true;
    };
    this.#giveUp = answerable(worker);
    this.#service = wrap<LibraryWorker>(worker);
    giveUp(reason);
    void this.#service.refusal().then(
      (refusal) => this.#tellRefusal(refusal),
      () => undefined,
    );
    return this.refresh();
  }

  /** Reads the list again; resolves with whether it could be read. */
  async refresh(): Promise<boolean> {
    const count = ++this.#listedCount;
    let isRead = false;
    try {
      const datasets = await this.#remote.list();
      // Answers may overtake each other; an older one is no news.
      if (count > this.#shownCount) {
        this.#shownCount = count;
        const gone = this.#datasets.filter(({ id }) => datasets.every((dataset) => dataset.id !== id));
        this.#datasets = datasets;
        for (const dataset of gone)
          this.#onGone(
            dataset,
            datasets.find(({ replaces }) => replaces === dataset.id),
          );
      }
      this.#notices.clear('library');
      isRead = true;
    } catch (thrown) {
      this.#notices.raise('library', {
        title: 'The library could not be read',
        detail: messageOf(thrown),
        advice: 'Allow storage for this site and reload the page. Private windows may refuse it.',
        action: reloadPage,
      });
    } finally {
      this.#listed = true;
    }
    this.lookAtStorage();
    return isRead;
  }

  /** Asks the browser anew what is stored: other tabs store too. */
  lookAtStorage(): void {
    this.#remote.storage().then(
      (storage) => (this.#storage = storage),
      () => undefined,
    );
  }

  /** Makes the sample and holds what is to be known of it; nothing is stored. */
  async holdSample(): Promise<void> {
    if (this.#held || this.#isHolding) return;
    this.#isHolding = true;
    try {
      this.#held = await this.#remote.previewSample();
    } catch (thrown) {
      this.#held = [];
      this.#raiseSample('The sample was not made', thrown);
    } finally {
      this.#isHolding = false;
    }
  }

  /** Stores datasets of the sample; resolves with them once they are listed, or with those of the same bars that were before. */
  async keepSample(names: readonly SampleName[]): Promise<readonly Manifest[] | undefined> {
    this.#notices.clear('sample');
    try {
      const kept = await this.#remote.keepSample(names);
      return (await this.refresh()) ? kept : undefined;
    } catch (thrown) {
      this.#raiseSample('The sample was not stored', thrown);
      return undefined;
    }
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
        const preview = await this.#remote.preview(choices);
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
      const preview = await this.#remote.preview(choices);
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
        ? this.#remote.appendFiles(into.id, this.#choices, tell, market)
        : this.#remote.importFiles(this.#choices, tell, market));
      if (!summary.existing) void askToKeepLibrary(navigator.storage as StorageManager | undefined);
      await this.refresh();
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
    if (this.#step?.name === 'importing') void this.#remote.cancel();
    else this.#step = undefined;
  }

  /** Opens the audit of a dataset, or closes it. */
  audit(dataset: Manifest | undefined, tab: AuditTab = 'files'): void {
    this.#audited = dataset && { dataset, tab };
  }

  /** A part of one of a dataset's lists. */
  leftOut(query: ListQuery): Promise<ListPart<LeftOutRow>> {
    return this.#remote.leftOut(query);
  }

  flags(query: ListQuery): Promise<ListPart<Flag>> {
    return this.#remote.flags(query);
  }

  leftOutCsv({ id }: Manifest): Promise<Blob> {
    return this.#remote.leftOutCsv(id);
  }

  /** Opens the dialog of a task; without one closes it. */
  ask(task: DatasetTask | undefined): void {
    this.#task = task;
  }

  dismissSummary(): void {
    this.#summary = undefined;
  }

  /** The map of a dataset, in the library's worker; whoever asks lets it go. */
  map({ id }: Manifest): ReturnType<Remote<LibraryWorker>['openMap']> {
    return this.#remote.openMap(id);
  }

  /** Resolves with the new name; undefined when the dataset keeps its own. */
  async rename({ id, name }: Manifest, wanted: string): Promise<string | undefined> {
    this.#notices.clear('dataset');
    if (wanted.trim() === name) return undefined;
    try {
      const renamed = await this.#remote.rename(id, wanted);
      await this.refresh();
      return renamed.name;
    } catch (thrown) {
      this.#notices.raise('dataset', {
        title: `“${name}” was not renamed`,
        detail: messageOf(thrown),
        advice: 'It keeps its name; try another one.',
      });
      return undefined;
    }
  }

  async remove({ id, name }: Manifest): Promise<void> {
    this.#notices.clear('dataset');
    try {
      await this.#remote.remove(id);
      if (this.#summary?.manifest.id === id) this.#summary = undefined;
      await this.refresh();
    } catch (thrown) {
      this.#notices.raise('dataset', {
        title: `“${name}” was not deleted`,
        detail: messageOf(thrown),
        advice: 'It is still in the library; reload the page and try again.',
        action: reloadPage,
      });
    }
  }

  /** Gives the worker files, unless it has them; resolves with false where they were given up meanwhile, for others or none. */
  async #give(files: readonly ChosenFile[]): Promise<boolean> {
    const [remote, asked] = [this.#remote, this.#asked];
    if (this.#given?.files === files && this.#given.to === this.#service) return true;
    this.#given = undefined;
    for (let from = 0; from < files.length; from += filesAtOnce) {
      await remote.giveFiles(files.slice(from, from + filesAtOnce), from);
      if (asked !== this.#asked) return false;
    }
    this.#given = { files, to: this.#service };
    return true;
  }

  get #remote(): Remote<LibraryWorker> {
    if (!this.#service) throw new Error('The library has not been opened');
    return this.#service;
  }

  #raiseSample(title: string, thrown: unknown): void {
    this.#notices.raise('sample', {
      title,
      detail: messageOf(thrown),
      advice: 'Reload the page and try again. If storage is full, delete datasets that you no longer need.',
    });
  }

  #tellRefusal(refusal: string | undefined): void {
    if (refusal === undefined) return;
    this.#isKept = false;
    this.#notices.raise('storage', {
      title: 'Datasets are not kept',
      detail: refusal,
      advice: 'What you import is there until this page is closed or reloaded. Allow storage for it to keep datasets.',
    });
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
