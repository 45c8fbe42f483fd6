import { wrap, type Remote } from 'comlink';
import type { LibraryWorker } from '../../workers/library.ts';
import type { Flag } from '../intake/flag.ts';
import type { LeftOutRow, ListPart, ListQuery } from '../library/lists.ts';
import type { Manifest } from '../library/manifest.ts';
import type { SampleName } from '../sample/identity.ts';
import { answerable } from './answerable.ts';
import { openLibraryChannel } from '../library/between-tabs.ts';
import type { StorageState } from '../library/storage-state.ts';
import type { DatasetTask } from './dataset-tasks.ts';
import { messageOf, reloadPage, type Notices } from './notices.svelte.ts';
import type { RunLibrary } from './shared-engine.ts';
import { libraryWorker } from './workers.ts';

/** The parts of an audit. */
export type AuditTab = 'files' | 'left out' | 'flags';

/** The datasets on this machine. The work is done by the library worker. */
export class Library {
  readonly #notices: Notices;
  readonly #onGone: (dataset: Manifest, successor: Manifest | undefined) => void;
  #giveUp: (reason: string) => void = () => undefined;
  #service: Remote<LibraryWorker> | undefined;
  #datasets = $state.raw<readonly Manifest[]>([]);
  #listed = $state.raw(false);
  #storage = $state.raw<StorageState>();
  #isKept = $state.raw(true);
  #audited = $state.raw<{ readonly dataset: Manifest; readonly tab: AuditTab }>();
  #task = $state.raw<DatasetTask>();
  #held = $state.raw<readonly Manifest[]>();
  #isHolding = false;
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

  /** The dataset whose audit is looked at, and the part of it. */
  get audited(): { readonly dataset: Manifest; readonly tab: AuditTab } | undefined {
    return this.#audited;
  }

  /** What a dialog asks for; undefined when none does. */
  get task(): DatasetTask | undefined {
    return this.#task;
  }

  /** The library's worker, for imports and for work that a dialog shows. */
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
}
