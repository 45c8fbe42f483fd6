import { untrack } from 'svelte';
import type { Config } from '../config/schema.ts';
import type { RunHandle } from './run-handle.ts';
import type { Proof } from '../config/proof.ts';
import type { Manifest } from '../library/manifest.ts';
import { sampleNames, sampleSha256 } from '../sample/identity.ts';
import type { SlotPlace } from '../memory/picture.ts';
import type { Calendar } from '../time/market-calendar.ts';
import { marketOf, sessionCalendar } from '../time/session-calendar.ts';
import { ChartView } from './chart/chart-view.svelte.ts';
import { Chart } from './chart/chart.svelte.ts';
import type { ChosenFile } from '../library/chosen-file.ts';
import { filesDropped } from './chosen-files.ts';
import { copyText } from './clipboard.ts';
import { askedPlace } from './docs-link.ts';
import { gapKey, type GapRow } from './gaps.ts';
import { Deck } from './deck.svelte.ts';
import { onUncaught } from './guard.ts';
import { Hints } from './hints.svelte.ts';
import { Intake } from './intake.svelte.ts';
import type { Installation } from './installation.svelte.ts';
import type { KeptRun } from './kept-visit.ts';
import { KeptRuns } from './kept-runs.svelte.ts';
import { Library } from './library.svelte.ts';
import { messageOf, Notices, reloadPage, sentences, type Problem } from './notices.svelte.ts';
import { SetUp } from './set-up.svelte.ts';
import { Waits } from './waits.svelte.ts';
import { Visit } from './visit.svelte.ts';

export type Pane = 'chart' | 'library' | 'set-up' | 'session';
/** What is shown under the chart. */
export type Dock = 'quality' | 'gaps' | 'sessions' | 'trading' | 'results';
export type Modal = 'shortcuts' | 'go-to' | 'compare' | 'map' | 'code' | 'sweep' | 'health' | 'saved' | 'docs' | null;

/** A link that was made. */
export interface SharedLink {
  readonly link: string;
  readonly copied: boolean;
  /** It says what came of the set-up. */
  readonly hasResult: boolean;
}

/** Ten minutes of the market in a second: its gaps are found and mended while one watches. */
const sampleSpeed = 600;
const sampleHashes: ReadonlySet<string> = new Set(Object.values(sampleSha256));

/** Everything the page holds, wired together, and what concerns more than one part. */
export class Studio {
  readonly notices = new Notices();
  readonly waits = new Waits();
  readonly hints = new Hints();
  readonly library = new Library(this.notices, (dataset, successor) => this.#tellGone(dataset, successor));
  readonly intake = new Intake(this.library, this.notices);
  readonly setUp = new SetUp(this.library, this.notices);
  readonly kept = new KeptRuns();
  /** What the chart was chosen to show. */
  readonly chartView = new ChartView();
  readonly deck = new Deck(this.setUp, this.library, this.notices, this.kept, this.waits, this.chartView);
  readonly visit = new Visit(this);
  readonly chart = new Chart(this.deck, this.chartView);
  #installation = $state.raw<Installation>();
  #pane = $state.raw<Pane>('chart');
  #side = $state.raw<'library' | 'set-up'>('library');
  #dock = $state.raw<Dock>('quality');
  #gap = $state.raw<{ readonly key: string }>();
  #modal = $state.raw<Modal>(null);
  #mapped = $state.raw<Manifest>();
  #triesSample = $state.raw(false);
  #namesBars = $state.raw(false);
  /** Play, which was pressed and is not obeyed yet. */
  #pressed: object | undefined;
  #shared = $state.raw<SharedLink & { readonly config: Config; readonly run: RunHandle | undefined }>();

  /** The part that a narrow page shows. */
  get pane(): Pane {
    return this.#pane;
  }

  /** The panel at the left of a wide page. */
  get side(): 'library' | 'set-up' {
    return this.#side;
  }

  get dock(): Dock {
    return this.#dock;
  }

  get modal(): Modal {
    return this.#modal;
  }

  /** The link that was made last, until it is dismissed, or what it tells is not what the page has any more. */
  get shared(): SharedLink | undefined {
    const link = this.#shared;
    if (!link) return undefined;
    // What came of a run hangs on no speed.
    const { handle, stale } = this.deck;
    const isOfNow = link.hasResult ? link.run === handle && !stale : link.config === this.setUp.config;
    return isOfNow ? link : undefined;
  }

  /** There is nothing to play, and nothing to choose from. */
  get isEmpty(): boolean {
    return this.deck.phase === 'idle' && this.library.listed && this.library.datasets.length === 0;
  }

  /** The sample is being stored, to be played. */
  get triesSample(): boolean {
    return this.#triesSample;
  }

  /** From now on what is said of the bars that are wanted is there as soon as they are. */
  nameBars(): void {
    this.#namesBars = true;
  }

  /** What is wrong: what happened, and a set-up that cannot be played. */
  get problems(): readonly (Problem & { topic: string })[] {
    const [first] = this.setUp.errors;
    const { problems } = this.notices;
    if (!first || (first.setting === 'data.dataset' && first.value === null)) return problems;
    // What is said of the bars that are wanted names them better, as soon as it is loaded.
    const isNamed = !this.#namesBars || problems.some(({ topic }) => topic === 'bars');
    if (isNamed && this.setUp.errors.every((error) => this.setUp.isAbsent(error))) return problems;
    return [
      ...problems,
      {
        topic: 'set-up',
        title: 'This set-up cannot be played',
        detail: sentences(this.setUp.errors),
        advice: this.setUp.isAbsent(first)
          ? 'Drop the file with these bars on the page, or choose a dataset that is here.'
          : first.setting === 'data.dataset'
            ? 'Choose another dataset in the library, or import one.'
            : 'Change the setting in Set-up, or open another link.',
        action:
          first.setting === 'data.dataset'
            ? { name: 'Show the library', act: () => this.show('library') }
            : { name: 'Show the set-up', act: () => this.show('set-up') },
      },
    ];
  }

  start(): void {
    onUncaught((thrown) =>
      this.notices.raise('page', {
        title: 'Something in this page went wrong',
        detail: messageOf(thrown),
        advice:
          'The datasets are safe. If the page does not do what it should, reload it: the set-up and the run are restored.',
        action: reloadPage,
      }),
    );
    this.deck.open();
    void this.visit.begin(this.waits.during('Opening the library', this.library.open()));
    this.#install().catch((error: unknown) => console.info('The page is not kept for use without its host:', error));
    if (askedPlace() !== null) this.open('docs');
  }

  /** What keeps the page on this machine, once it is loaded. */
  get installation(): Installation | undefined {
    return this.#installation;
  }

  async #install(): Promise<void> {
    const { Installation } = await import('./installation.svelte.ts');
    await (this.#installation = new Installation()).start();
  }

  show(pane: Pane): void {
    this.#pane = pane;
    if (pane === 'library' || pane === 'set-up') this.#side = pane;
  }

  /** The gap that was shown last, by its key: another object each time. */
  get gap(): { readonly key: string } | undefined {
    return this.#gap;
  }

  showDock(dock: Dock): void {
    this.#dock = dock;
    if (dock === 'gaps') this.hints.end('gap');
  }

  /** Shows a base slot of a symbol in the chart. */
  lookAt(symbol: number, place: SlotPlace): void {
    this.show('chart');
    this.deck.chart(symbol, 0);
    this.chart.lookAt(place);
  }

  /** Shows a gap in the table of gaps, and its place in the chart. */
  showGap(gap: GapRow): void {
    this.lookAt(gap.symbol, { session: gap.session, slot: gap.firstSlot });
    this.#gap = { key: gapKey(gap) };
    this.showDock('gaps');
  }

  /** The dataset whose map was opened last. */
  get mapped(): Manifest | undefined {
    return this.#mapped;
  }

  openMap(dataset: Manifest): void {
    this.#mapped = dataset;
    this.open('map');
  }

  open(modal: Modal): void {
    this.#modal = modal;
  }

  /** Applies the address's hash: the run that was made from another set-up ends. Resolves with whether it was applied. */
  openLink(): Promise<boolean> {
    return this.visit.untouched(async () => {
      const isApplied = await this.waits.during('Opening the link', this.setUp.openLink(location.hash));
      if (!isApplied) return false;
      this.tellDropped(this.deck.standing);
      this.deck.stop();
      this.notices.say('The set-up of the link is applied.');
      return true;
    });
  }

  /** A link was applied in place of a run: tells what is lost with it. */
  tellDropped(run: KeptRun | null | undefined): void {
    if (run) void import('./dropped-orders.ts').then(({ tellDropped }) => tellDropped(run, this));
  }

  /** Makes a link the address's hash and applies it, also when it is the same again. */
  follow(link: string): void {
    if (location.hash === link) void this.openLink();
    else location.hash = link;
  }

  /** Makes what the set-up means of the sample, if it does and that is not there; called whenever that may have changed. */
  meetSample(): void {
    if (this.setUp.lacksSample) void this.waits.during('Making the sample', this.library.holdSample());
  }

  /** Stores the sample, unless it is stored already, and plays it in place of what plays, its gaps filled from its backup. */
  async trySample(): Promise<void> {
    if (this.#triesSample) return;
    this.#triesSample = true;
    const kept = await this.waits.during('Storing the sample', this.library.keepSample(sampleNames));
    this.#triesSample = false;
    if (!kept) return;
    const meant = this.setUp.proof?.proof.data ?? [];
    if (!meant.some(({ sha256 }) => sampleHashes.has(sha256))) this.setUp.forgetLink();
    // Under another name only the hash means the same to others.
    const [dataset, ...fillFrom] = sampleNames.map((name) =>
      kept.some((each) => each.name === name && each.sha256 === sampleSha256[name]) ? name : sampleSha256[name],
    );
    this.deck.stop();
    this.setUp.take({ data: { dataset, fillFrom }, replay: { speed: sampleSpeed } });
    this.play();
  }

  /** The calendar of the set-up. */
  get market(): Calendar {
    return sessionCalendar(this.setUp.config.session);
  }

  /** Puts a dataset into the set-up; a run that is there stays, with its results. */
  choose(dataset: Manifest): void {
    this.notices.clear('dataset');
    this.#tellRefusal(dataset, this.setUp.choose(dataset));
  }

  /** Takes a dataset out of the library; a run that needs it is stopped before. */
  async remove(dataset: Manifest): Promise<void> {
    if (this.deck.needs(dataset)) this.deck.stop();
    await this.waits.during(`Deleting “${dataset.name}”`, this.library.remove(dataset));
  }

  /** Asks the browser not to clear the library on its own, and says what it answers. */
  async keepLibrary(): Promise<void> {
    const { keepLibrary } = await import('./dataset-orders.ts');
    const isKept = await keepLibrary(this.library);
    this.notices.say(isKept ? 'The browser keeps the library.' : 'The browser gave no promise.');
  }

  /** Finds the files that were dropped, and previews them. */
  async drop(transfer: DataTransfer): Promise<void> {
    this.notices.clear('import');
    try {
      const found = filesDropped(transfer);
      this.preview(await this.waits.during('Looking into the folder', found));
    } catch (thrown) {
      this.notices.raise('import', {
        title: 'What was dropped was not read',
        detail: messageOf(thrown),
        advice: 'The library is as it was. See that the folder is still there and may be read, and drop it again.',
      });
    }
  }

  /** Previews files, to become a dataset or to be added to one; a workspace is opened instead. */
  preview(chosen: readonly ChosenFile[], into?: Manifest): void {
    const [file] = chosen;
    if (!file) return;
    this.show('library');
    if (chosen.length === 1 && file.path.endsWith('.tapedeck.zip')) return this.library.ask({ what: 'open', file });
    const read = this.intake.preview(chosen, marketOf(this.setUp.config.session).zone, into);
    void this.waits.during(chosen.length === 1 ? 'Reading the file' : 'Reading the files', read);
  }

  /** A part of the page could not be loaded or drawn; where it shows an import, that is given up. */
  tellUnshown(topic: string, part: string, thrown: unknown): void {
    if (topic === 'import') {
      this.intake.cancel();
      this.intake.dismissSummary();
    }
    this.notices.raise(topic, {
      title: `${part} could not be shown`,
      detail: messageOf(thrown),
      advice: 'The datasets are as the library lists them. Reload the page, and try again.',
      action: reloadPage,
    });
  }

  async import(): Promise<void> {
    const dataset = await this.intake.import(this.setUp.config.session);
    if (!dataset) return;
    this.#tellRefusal(dataset, this.setUp.welcome(dataset));
    this.notices.say(`${dataset.name} is imported.`);
  }

  /**
   * Play or Pause was pressed, which take turns. Play is obeyed once the press is drawn, as either is enough for a frame; whoever
   * pauses or stops before that has called it off.
   */
  pressPlay(): void {
    const wasPressed = this.#pressed !== undefined;
    this.#pressed = undefined;
    if (this.deck.phase === 'playing') return this.deck.pause();
    if (wasPressed) return;
    const pressed = {};
    this.#pressed = pressed;
    requestAnimationFrame(() =>
      setTimeout(() => {
        if (this.#pressed !== pressed) return;
        this.#pressed = undefined;
        this.play();
      }),
    );
  }

  stop(): void {
    this.#pressed = undefined;
    if (this.deck.hasRun) this.deck.stop();
  }

  /** Plays; a narrow page turns to the chart when a run begins. */
  play(): void {
    if (this.deck.phase !== 'paused') {
      this.show('chart');
      this.tellRefused();
      void import('./doubts.ts').then(({ tellDoubts }) => tellDoubts(this));
    }
    this.deck.play();
  }

  /** Whoever plays, shares or saves the set-up hears of fields that have something else than the set-up, wherever they are. */
  tellRefused(): void {
    const { refused } = this.setUp;
    if (refused.size === 0) return;
    this.notices.raise('refused', {
      title: `The set-up is without what was written for ${[...refused.keys()].join(', ')}`,
      detail: [...refused.values()].join(' '),
      advice: 'The values before it count. Correct the field in the set-up, or give it its default.',
    });
  }

  /** Once each field has what the set-up has, nothing is to be told. */
  forgetRefused(): void {
    if (this.setUp.refused.size === 0) untrack(() => this.notices.clear('refused'));
  }

  /** Ends the hint whose advice was taken in one of several ways. */
  endTakenHints(): void {
    if (this.deck.goingBack) this.hints.end('back');
  }

  setSpeed(multiple: number): void {
    this.hints.end('play');
    this.deck.setSpeed(multiple);
  }

  /** Makes a link to the set-up, with what came of it where that is asked for. */
  async share(hasResult = false): Promise<void> {
    this.notices.clear('share');
    this.tellRefused();
    this.hints.end('share');
    const { config } = this.setUp;
    const run = this.deck.handle;
    try {
      const link = await this.setUp.link(hasResult ? await this.#proof() : undefined);
      const copied = await copyText(link);
      this.#shared = { link, copied, hasResult, config, run };
    } catch (thrown) {
      this.notices.raise('share', {
        title: 'No link was made',
        detail: messageOf(thrown),
        advice: hasResult
          ? 'Share the set-up without its result, or play it again from its beginning.'
          : 'Make the set-up smaller, for example by naming fewer symbols.',
      });
    }
  }

  async #proof(): Promise<Proof> {
    const { proofOf } = await import('../session/proof.ts');
    return proofOf(await this.deck.outline(), this.setUp.datasets);
  }

  dismissLink(): void {
    this.#shared = undefined;
  }

  /** Opens the comparison; the run that is there is among those to compare, as it stands now. */
  async compare(): Promise<void> {
    this.open('compare');
    await this.waits.during('Making the report of the run', this.deck.keepReport());
  }

  /** Saves the chart as it is seen as a PNG. */
  async saveChart(): Promise<void> {
    const { saveChart } = await import('./saved-files.ts');
    await saveChart(this);
  }

  /** Saves the report; that of a failed run is named a partial one. */
  async downloadReport(): Promise<void> {
    const { saveReport } = await import('./saved-files.ts');
    await saveReport(this);
  }

  /** A dataset that a live run reads was added to, or deleted in another tab; here the run is stopped before. */
  #tellGone(dataset: Manifest, successor: Manifest | undefined): void {
    if (!this.deck.needs(dataset)) return;
    if (successor)
      return this.notices.raise('gone', {
        title: `“${successor.name}” was added to`,
        detail: 'The run goes on with the bars that it had',
        advice: 'A new run has all of them: stop this one, and press Play.',
      });
    this.notices.raise('gone', {
      title: `“${dataset.name}” was deleted in another tab`,
      detail: 'The run plays what is laid out of it, and fails when it needs more',
      advice: 'Download the report now if you need it. To play on, import the bars again.',
    });
  }

  #tellRefusal(dataset: Manifest, refusal: string | undefined): void {
    if (refusal === undefined) return;
    this.notices.raise('dataset', {
      title: `“${dataset.name}” was not put on the deck`,
      detail: refusal,
      advice: 'Rename the dataset, and choose it again.',
    });
  }
}
