import { untrack } from 'svelte';
import type { Manifest } from '../library/manifest.ts';
import type { CurveWindow } from '../memory/account-picture.ts';
import type { BarsWindow, Picture } from '../memory/picture.ts';
import { datasetsOf } from '../session/datasets-of.ts';
import type { RunPlan } from '../session/plan.ts';
import type { Script } from '../coordinator/by-hand.ts';
import type { HandOrder } from '../strategy/hand-order.ts';
import type { RunOutline, RunReport } from '../session/report.ts';
import type { BookPiece } from '../strategy/book-piece.ts';
import type { Instant } from '../time/instant.ts';
import { timelineOf } from '../session/run-timeline.ts';
import { sessionStates } from '../session/state.ts';
import { Arrival } from './arrival.ts';
import { Charted } from './charted.svelte.ts';
import type { ChartView } from './chart/chart-view.svelte.ts';
import { SlotAxis } from './chart/slot-axis.ts';
import { holdDatasets } from './in-use.ts';
import type { KeptRuns } from './kept-runs.svelte.ts';
import { tapeOf, type KeptRun } from './kept-visit.ts';
import type { Library } from './library.svelte.ts';
import { liveGaps, type GapRow } from './gaps.ts';
import { Looks, type Sight } from './looks.svelte.ts';
import { messageOf, type Notices } from './notices.svelte.ts';
import type { ReadyRun } from './ready-run.ts';
import type { KeptPlace, RunHandle, StandEvent } from './run-handle.ts';
import type { RunLog } from './run-log.svelte.ts';
import { Stories } from './stories.svelte.ts';
import { Throughput } from './throughput.svelte.ts';
import type { SetUp } from './set-up.svelte.ts';
import type { Waits } from './waits.svelte.ts';

export type Phase = 'idle' | 'loading' | 'ready' | 'playing' | 'paused' | 'finished' | 'failed';

/** A run that stands still so long has its report kept, so that it can be compared with a later one. */
const keepAfterMs = 400;

/** Sessions of a symbol up to which a report is kept unasked: larger ones would be felt. */
const mostUnasked = 5_000;

function isSmall(plan: RunPlan | undefined): boolean {
  return plan !== undefined && plan.symbols.length * plan.sessions.length <= mostUnasked;
}

/** The tape deck: one run at a time, from the set-up, and the latest look at it. */
export class Deck {
  readonly #setUp: SetUp;
  readonly #library: Library;
  readonly #notices: Notices;
  readonly #kept: KeptRuns;
  readonly #waits: Waits;
  readonly #view: ChartView;
  #handle = $state.raw<RunHandle>();
  #stand = $state.raw<'ready' | 'playing' | 'paused' | 'finished' | 'failed'>('ready');
  #fingerprint = $state.raw<string | null>(null);
  #axis = $derived.by(() => this.plan && new SlotAxis(this.plan.sessions, this.plan.intervals[0]!.ms));
  #timeline = $derived.by(() => this.plan && timelineOf(this.plan));
  #gaps = $derived.by(() => this.#gapsNow());
  #ready = $state.raw<ReadyRun>();
  #opening: Promise<void> | undefined;
  #startedWith = $state.raw<string>();
  #goingBack = $state.raw(false);
  #takenUp = $state.raw(false);
  /** The settings that were given when the run began. */
  #settings: KeptRun['settings'] = {};
  #askedHistory = $state.raw(false);
  #isStoring = $state.raw(false);
  #lap = $state.raw(0);
  #script = $state.raw<Script>();
  #curve: CurveWindow | undefined;
  #run = 0;
  #letGo: () => void = () => undefined;
  readonly #arrival = new Arrival();
  readonly #charted: Charted;
  readonly #looks = new Looks(() => this.#sight(), {
    look: ({ slots }) => slots > 0 && this.#arrival.hasBars(),
    board: (picture) => this.#axis && this.throughput.take(picture, this.#axis.offsets, performance.now()),
  });

  readonly stories = new Stories();
  readonly throughput = new Throughput();

  constructor(setUp: SetUp, library: Library, notices: Notices, kept: KeptRuns, waits: Waits, view: ChartView) {
    this.#waits = waits;
    this.#setUp = setUp;
    this.#library = library;
    this.#notices = notices;
    this.#kept = kept;
    this.#view = view;
    this.#charted = new Charted(() => this.plan, setUp, view);
  }

  /** Loads what decides and plays runs, which the page can be painted without; nothing can be played before it is there. */
  open(): void {
    this.#opening = Promise.all([import('./ready-run.ts'), this.#setUp.planner.open()]).then(
      ([module]) => {
        this.#ready = new module.ReadyRun();
      },
      (thrown: unknown) => this.#fail(messageOf(thrown)),
    );
  }

  get phase(): Phase {
    if (this.#isStoring || (this.#takenUp && this.#stand === 'ready')) return 'loading';
    if (this.#handle || this.#stand === 'failed') return this.#stand;
    if (this.#setUp.busy) return 'loading';
    return !this.#setUp.plan ? 'idle' : this.#ready ? 'ready' : 'loading';
  }

  /** The plan of the run, or of the one that Play would start. */
  get plan(): RunPlan | undefined {
    return this.#handle?.plan ?? this.#setUp.plan;
  }

  /** The base slots of the plan's sessions, side by side. */
  get axis(): SlotAxis | undefined {
    return this.#axis;
  }

  /** A run is there and was started from another set-up than the one on the page. */
  get stale(): boolean {
    return (
      this.#handle !== undefined && this.#setUp.plan !== undefined && this.#startedWith !== keyOf(this.#setUp.plan)
    );
  }

  get mode(): 'shared' | 'single' {
    return this.#handle?.mode ?? (globalThis.crossOriginIsolated ? 'shared' : 'single');
  }

  /** The latest look, in the parts in which it is shown. */
  get picture(): Picture | undefined {
    return this.#looks.picture;
  }

  get words(): Picture | undefined {
    return this.#looks.words;
  }

  get board(): Picture | undefined {
    return this.#looks.board;
  }

  get strips(): Picture | undefined {
    return this.#looks.strips;
  }

  get log(): RunLog {
    return this.#looks.log;
  }

  get fingerprint(): string | null {
    return this.#fingerprint;
  }

  /** The gaps of the session that plays, the latest first; none once its story is told. */
  get gaps(): readonly GapRow[] {
    return this.#gaps;
  }

  /** The run that is there, for whoever watches over its workers. */
  get handle(): RunHandle | undefined {
    return this.#handle;
  }

  get hasRun(): boolean {
    return this.#handle !== undefined;
  }

  /** A run is there that has not come to its end. */
  get isLive(): boolean {
    return this.#handle !== undefined && (this.#stand === 'playing' || this.#stand === 'paused');
  }

  /** The run that is there plays bars of that dataset. */
  plays({ id }: Manifest): boolean {
    const plan = this.#handle?.plan;
    return plan ? [...plan.symbols, ...plan.records].some(({ dataset }) => dataset === id) : false;
  }

  /** The run that is there reads that dataset, to play it or to fill gaps from it. */
  reads({ id }: Manifest): boolean {
    return this.#handle ? datasetsOf(this.#handle.plan).has(id) : false;
  }

  /** A live run reads that dataset, to play it or to fill gaps from it. */
  needs(dataset: Manifest): boolean {
    return this.isLive && this.reads(dataset);
  }

  get canPlay(): boolean {
    if (this.phase === 'loading') return false;
    return this.phase === 'paused' || (this.#setUp.plan !== undefined && this.phase !== 'playing');
  }

  get canStep(): boolean {
    return this.phase === 'paused' || (this.canPlay && this.phase === 'ready');
  }

  /** There is something to go back from, and no going back under way. */
  get canGoBack(): boolean {
    return !this.#goingBack && (this.isLive || this.phase === 'finished');
  }

  /** The run is played again, up to where it went back to. */
  get goingBack(): boolean {
    return this.#goingBack;
  }

  /** How much of the way to a place is played, 0 to 1, while the run goes back or is taken up again. */
  get wayShare(): number | undefined {
    return this.#handle?.wayShare;
  }

  /** Another number for each block that is shown: what was told of orders and trades before is no longer so. */
  get lap(): number {
    return this.#lap;
  }

  /** Orders and trades as they are now, of those that closed a piece after the first `known`; undefined where nobody can tell. */
  async book(known: number): Promise<BookPiece | undefined> {
    return this.#handle?.book(known);
  }

  /** Looks at this stretch of the account's curve from now on. */
  lookAtCurve(window: CurveWindow | undefined): void {
    this.#curve = window;
    this.#lookOn();
  }

  /** What it takes to build the run anew where it is; undefined without one, and of one that has failed. */
  get standing(): KeptRun | undefined {
    const picture = this.picture;
    if (!this.#handle || this.#stand === 'failed' || !picture) return undefined;
    const { plan, interventions } = this.#handle;
    const state = sessionStates[picture.sessionState]!;
    return {
      settings: this.#settings,
      tape: tapeOf(plan, this.#library.datasets),
      place: {
        session: Math.max(plan.firstPlayed, picture.session),
        slots: picture.session < plan.firstPlayed ? 0 : picture.slots,
        ended: state === 'ended' || state === 'error',
      },
      interventions,
      fingerprint: this.#stand === 'playing' ? null : this.#fingerprint,
    };
  }

  /** Place in the plan of the symbol and the interval that are charted. */
  get symbol(): number {
    return this.#charted.symbols[0]!;
  }

  get interval(): number {
    return this.#charted.interval;
  }

  /** Places in the plan of all symbols that are charted, the first of them `symbol`. */
  get symbols(): readonly number[] {
    return this.#charted.symbols;
  }

  chart(symbol: number, interval: number): void {
    this.#charted.choose(symbol, interval);
    this.#looks.keep();
    this.#looks.look();
  }

  /** Looks at these bars of the charted symbols from now on. */
  lookWithin(window: BarsWindow | undefined): void {
    this.#charted.window = window;
    this.#lookOn();
  }

  /** Something else is looked at: a run that does not play has no look of its own. */
  #lookOn(): void {
    this.#looks.keep();
    if (this.#stand !== 'playing') this.#looks.look();
  }

  /** Builds a run anew and stands where it stood; resolves once it does, or has failed or was stopped. */
  async takeUp(plan: RunPlan, { settings, place, interventions }: KeptRun): Promise<void> {
    await this.#opening;
    this.stop();
    this.#takenUp = true;
    this.#askedHistory = interventions.some(({ kind }) => kind === 'history');
    const handle = this.#begin(plan, settings, { place, interventions });
    if (!handle) return;
    handle.setSpeed(this.#setUp.speed);
    this.#looks.keep();
    await this.#waits.during('Restoring the run', this.#arrival.standstill(), () => handle.wayShare);
  }

  /** Has the run that Play would start made while the page is idle; called whenever that may be another one. */
  prepare(): void {
    const { plan, unstored } = this.#setUp;
    const isNext = !this.#handle && this.phase === 'ready' && unstored.length === 0;
    this.#ready?.prepare(isNext ? plan : undefined, () => this.#library.runs);
  }

  play(): void {
    if (!this.canPlay || !this.#isStored(() => this.play())) return;
    const handle = this.#opened();
    if (!handle) return;
    this.#stand = 'playing';
    this.#looks.start();
    handle.play();
    this.#awaitTape(handle);
  }

  pause(): void {
    if (this.phase !== 'playing') return;
    this.#handle!.pause();
    this.#looks.keep();
  }

  stepBar(): void {
    if (!this.canStep || !this.#isStored(() => this.stepBar())) return;
    const handle = this.#opened();
    if (!handle) return;
    this.#stand = 'paused';
    handle.stepBar();
    this.#awaitTape(handle);
    this.#looks.keep();
  }

  stepSession(): void {
    if (!this.canStep || !this.#isStored(() => this.stepSession())) return;
    const handle = this.#opened();
    if (!handle) return;
    this.#stand = 'playing';
    handle.stepSession();
    this.#awaitTape(handle);
    this.#looks.keep();
  }

  /** Goes to a time of the run, forwards or back, and pauses there. */
  runTo(at: Instant): void {
    const { clock } = this.picture ?? {};
    if (this.#handle && clock !== undefined && at < clock) return this.backTo(at);
    if (this.phase !== 'playing' && !this.#isStored(() => this.runTo(at))) return;
    const handle = this.phase === 'playing' ? this.#handle : this.canStep ? this.#opened() : undefined;
    if (!handle) return;
    try {
      handle.runTo(at);
      this.#stand = 'playing';
      const [from, to] = [this.#tick ?? 0, this.#timeline!.tickAt(at)];
      void this.#waits.during(
        'Going there',
        this.#arrival.standstill(),
        () => this.#tick && (this.#tick - from) / (to - from),
      );
      this.#looks.keep();
    } catch (thrown) {
      this.#refuse(thrown);
    }
  }

  backBar(): void {
    this.#goBack((handle) => handle.backBar());
  }

  backSession(): void {
    this.#goBack((handle) => handle.backSession());
  }

  backTo(at: Instant): void {
    this.#goBack((handle) => handle.backTo(at));
  }

  /** Gives an order by hand. */
  order(order: HandOrder): void {
    this.#handle?.order(order);
  }

  /** What became of the last order by hand; undefined before the first. */
  get script(): Script | undefined {
    return this.#script;
  }

  /** Cancels the stream of a symbol from the next instant on, or registers it again. */
  setListening(symbol: number, on: boolean): void {
    this.#handle?.setListening(symbol, on);
    this.#looks.keep();
  }

  /** The trailing history was left out and can still be loaded: before the first session plays, or in it. */
  get canLoadHistory(): boolean {
    const { plan } = this;
    if (!plan || this.#askedHistory || plan.config.history.autoLoad || plan.firstPlayed === 0) return false;
    if (!this.#handle) return this.canPlay;
    const picture = this.picture;
    return this.#stand !== 'finished' && !picture?.historyLoaded && (picture?.session ?? 0) <= plan.firstPlayed;
  }

  /** Loads the trailing history that `history.autoLoad` left out. */
  loadHistory(): void {
    if (!this.canLoadHistory || !this.#isStored(() => this.loadHistory())) return;
    (this.phase === 'playing' ? this.#handle : this.#opened())?.loadHistory();
    this.#askedHistory = true;
    this.#looks.keep();
  }

  /** Ends the run and gives its memory back; the set-up stays. */
  stop(): void {
    this.#notices.clear('run');
    this.#run++;
    this.#lap++;
    if (this.#handle) this.#view.look(null);
    this.#handle?.dispose();
    this.#letGo();
    this.#handle = undefined;
    this.#goingBack = false;
    this.#takenUp = false;
    this.#isStoring = false;
    this.#askedHistory = false;
    this.#startedWith = undefined;
    this.#script = undefined;
    this.#stand = 'ready';
    this.#looks.clear();
    this.#fingerprint = null;
    this.stories.clear();
    this.throughput.rest();
    this.#arrival.stands();
  }

  setSpeed(multiple: number): void {
    this.#setUp.set('replay', 'speed', multiple === Infinity ? 'max' : multiple);
  }

  /** The run that is on goes as fast as the set-up says, whoever changed that: a control, a preset, or a change that is taken back. */
  followSpeed(): void {
    const { speed } = this.#setUp;
    untrack(() => this.#handle?.setSpeed(speed));
  }

  report(): Promise<RunReport> {
    if (!this.#handle) throw new Error('There is no run to report on; press Play first');
    return this.#handle.report();
  }

  /** The report without what a strategy came to. */
  outline(): Promise<RunOutline> {
    if (!this.#handle) throw new Error('There is no run to report on; press Play first');
    return this.#handle.outline();
  }

  /** Keeps the report of the run that is there, as it stands now, for comparisons. */
  async keepReport(): Promise<void> {
    const run = this.#run;
    try {
      const report = await this.#handle?.outline();
      if (report) this.#kept.keep(run, report);
    } catch {
      // The run was given up, or its workers are dead: there is nothing to compare.
    }
  }

  #goBack(go: (handle: RunHandle) => Promise<void>): void {
    if (!this.#handle || !this.canGoBack) return;
    const run = this.#run;
    const handle = this.#handle;
    this.#goingBack = true;
    this.#waits
      .during('Going back', go(handle), () => handle.wayShare)
      .catch((thrown: unknown) => {
        if (run === this.#run) this.#refuse(thrown);
      })
      .finally(() => {
        if (run === this.#run) this.#goingBack = false;
      });
    this.#looks.keep();
  }

  /** Base slots of the run that are played. */
  get #tick(): number | undefined {
    return this.picture && this.#timeline && this.#timeline.firstTick(this.picture.session) + this.picture.slots;
  }

  /** Says that the first sessions are being loaded, until a bar is there. */
  #awaitTape({ plan }: RunHandle): void {
    if (this.picture && this.picture.session >= plan.firstPlayed && this.picture.slots > 0) return;
    const loaded = (): number | undefined =>
      this.picture && (this.picture.prefetch.ahead + this.picture.session + 1) / (plan.firstPlayed + 1);
    void this.#waits.during(
      'Loading the tape',
      Promise.race([this.#arrival.standstill(), this.#arrival.firstBar()]),
      loaded,
    );
  }

  /** Says why the run did not go where it was sent; it stands where it was. */
  #refuse(thrown: unknown): void {
    this.#notices.raise('run', {
      title: 'The run did not go there',
      detail: messageOf(thrown),
      advice: () => 'Choose a time within the sessions of the run.',
    });
  }

  #gapsNow(): readonly GapRow[] {
    const [picture, plan, timeline] = [this.board, this.plan, this.#timeline];
    if (!picture || !plan || !timeline || this.stories.of(picture.session)) return [];
    return liveGaps(picture, plan, timeline.frame(picture.session), this.log.notes);
  }

  /** Whether what is to be played is stored. What is held in memory alone is stored now, and `then` called when it is. */
  #isStored(then: () => void): boolean {
    const { unstored } = this.#setUp;
    if (unstored.length === 0 || this.isLive) return true;
    const run = this.#run;
    this.#isStoring = true;
    void this.#waits.during('Storing the sample', this.#library.keepSample(unstored)).then((kept) => {
      if (run !== this.#run) return;
      this.#isStoring = false;
      if (kept) then();
    });
    return false;
  }

  /** The run to command: the one that is paused, or a fresh one. */
  #opened(): RunHandle | undefined {
    const isWaiting = this.phase === 'paused' || (this.phase === 'ready' && !this.stale);
    if (this.#handle && isWaiting) return this.#handle;
    const plan = this.#setUp.plan;
    if (!plan) return undefined;
    this.stop();
    return this.#begin(plan, this.#setUp.settings);
  }

  #begin(plan: RunPlan, settings: KeptRun['settings'], kept?: KeptPlace): RunHandle | undefined {
    const run = this.#run;
    const ready = this.#ready;
    if (!ready) return undefined;
    try {
      const handle = ready.take(plan, this.#library.runs, kept);
      this.#handle = handle;
      this.#startedWith = keyOf(plan);
      this.#settings = settings;
      this.#letGo = holdDatasets(datasetsOf(plan));
      handle.onStory((story) => {
        if (run === this.#run) this.stories.take(story);
      });
      handle.onScript((script) => {
        if (run === this.#run) this.#takeScript(script, handle);
      });
      handle.onFresh(() => {
        if (run !== this.#run) return;
        this.#looks.forgetLog();
        this.#lap++;
      });
      handle.onStand((event) => {
        if (run === this.#run) void this.#onStand(event, run);
      });
      return handle;
    } catch (thrown) {
      this.#fail(messageOf(thrown));
      return undefined;
    }
  }

  /** The orders that were given by hand are those of the set-up too, unless that has become another one. */
  #takeScript(script: Script, { plan }: RunHandle): void {
    const { strategy } = plan.config;
    if (script.refusal === null && strategy) {
      this.#settings = { ...this.#settings, strategy };
      if (this.#setUp.plan && !this.stale) {
        this.#setUp.follow(strategy);
        this.#startedWith = keyOf(this.#setUp.plan);
      }
    }
    this.#script = script;
    this.#looks.keep();
    this.#looks.look();
  }

  async #onStand(event: StandEvent, run: number): Promise<void> {
    const wentBack = this.#goingBack && event.state === 'paused';
    if (wentBack) this.#askedHistory = false;
    const isOn = (): boolean => run === this.#run;
    if (event.state !== 'failed') await this.#looks.until(event.state, isOn);
    if (run !== this.#run) return;
    if (this.#looks.isLarge) await this.#looks.showInTurn(isOn);
    if (run !== this.#run) return;
    if (wentBack) this.#forgetAfter();
    this.#fingerprint = event.fingerprint;
    this.#stand = event.state;
    this.#arrival.stands();
    this.throughput.rest();
    this.#looks.showAll();
    if (event.state === 'failed') this.#fail(event.error?.message ?? 'The run ended without saying why');
    if (event.state === 'finished') this.#notices.say('The run has finished.');
    if (event.state !== 'failed' && isSmall(this.plan)) setTimeout(() => this.#keepIfAtRest(run), keepAfterMs);
    this.#looks.keep();
  }

  #keepIfAtRest(run: number): void {
    if (run === this.#run && this.#stand !== 'playing' && this.#fingerprint !== null) void this.keepReport();
  }

  /** What was told of sessions that a run which went back has before it again is no longer so. */
  #forgetAfter(): void {
    const { plan } = this;
    const quality = this.picture?.sessionQuality;
    if (!plan || !quality) return;
    const next = quality.findIndex((percent, session) => session >= plan.firstPlayed && Number.isNaN(percent));
    if (next >= 0) this.stories.cut(next);
  }

  #fail(message: string): void {
    this.#stand = 'failed';
    this.#notices.raise('run', {
      title: 'The run failed',
      detail: message,
      advice: () => this.#afterFailure(),
    });
  }

  #afterFailure(): string {
    const next = this.canPlay
      ? 'Press Play to start the set-up from the beginning.'
      : 'Import the bars again, or choose another dataset in the library.';
    if (!this.#handle) return next;
    return this.#fingerprint === null
      ? `${next} No session had ended, so the report is an empty one.`
      : `${next} The report is a partial one: it covers the sessions that ended.`;
  }

  #sight(): Sight | undefined {
    if (!this.#handle) return undefined;
    const { symbols, interval, window } = this.#charted;
    const curve = this.#curve;
    return {
      handle: this.#handle,
      isPlaying: this.#stand === 'playing',
      request: {
        symbol: symbols[0]!,
        beside: symbols.slice(1),
        interval,
        ...(window && { window }),
        ...(curve && { curve }),
      },
    };
  }
}

/** What the results of a run depend on; speed is not of it, and neither are the names of datasets. */
function keyOf({ config, symbols, fillSources }: RunPlan): string {
  const unnamed = { ...config, replay: null, data: { ...config.data, dataset: null, fillFrom: null } };
  return JSON.stringify([unnamed, symbols, fillSources.map((source) => source.symbols)]);
}
