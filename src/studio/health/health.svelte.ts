import { journalCapacity } from '../../memory/layout.ts';
import { sessionStates } from '../../session/state.ts';
import { blockBytes } from '../../session/shape.ts';
import { isVisible } from '../../bars/provenance.ts';
import type { Picture } from '../../memory/picture.ts';
import type { RunPlan } from '../../session/plan.ts';
import type { Operation } from '../../session/report.ts';
import type { Loss, RunHandle } from '../run-handle.ts';
import type { Studio } from '../studio.svelte.ts';
import { checks, judge, worst, type Facts, type Level, type Result } from './checks.ts';
import { Durations } from './durations.ts';
import { Watch } from './watch.ts';

const lookEveryMs = 250;
const judgeEveryMs = 1_000;
const storageEveryMs = 10_000;
/** Values of a check that are kept, a second apart. */
const mostKept = 120;
const mostLosses = 50;
const latelyMs = 60_000;

/** What a page can count on where the browser does not say what the machine has. */
const assumedBytes = 4e9;

/** A worker that was lost, and when by the wall clock. */
export interface LossNote extends Loss {
  readonly atMs: number;
}

/**
 * Watches over the workers, and over all that can go wrong while a run plays. It reads counters that the loops keep anyway, and
 * rings those that wait; a worker that gives no sign of life while the page is seen is lost, and the run is built anew.
 */
export class Health {
  readonly #studio: Studio;
  readonly #watches = { coordinator: new Watch(), upkeep: new Watch(), library: new Watch() };
  readonly #operations = new Map<string, Durations>();
  #handle: RunHandle | undefined;
  #plan: RunPlan | undefined;
  #plannedBytes = 0;
  #libraryBeat = 0;
  #isAsked = false;
  #lookedAtMs = performance.now();
  #judgedAtMs = -Infinity;
  #storedAtMs = -Infinity;
  #busyMs = 0;
  #results = $state.raw<readonly Result[]>([]);
  #history = $state.raw<readonly (readonly Result[])[]>([]);
  #losses = $state.raw<readonly LossNote[]>([]);

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** Begins to watch; returns what ends it. */
  start(): () => void {
    const timer = setInterval(() => this.#look(), lookEveryMs);
    const observer = new PerformanceObserver((list) => {
      for (const { name, duration, startTime } of list.getEntries()) this.#operation(name, startTime).add(duration);
      performance.clearMeasures();
    });
    observer.observe({ type: 'measure', buffered: true });
    return () => {
      clearInterval(timer);
      observer.disconnect();
    };
  }

  /** By check, in the order of `checks`; empty before the first look. */
  get results(): readonly Result[] {
    return this.#results;
  }

  /** The last two minutes, a second apart, the latest last: each the results by check. */
  get history(): readonly (readonly Result[])[] {
    return this.#history;
  }

  get level(): Level {
    return worst(this.#results.map(({ level }) => level));
  }

  /** The checks that do not hold. */
  get faults(): readonly string[] {
    const isFault = (level: Level | undefined): boolean => level === 'warning' || level === 'failing';
    return checks.flatMap(({ name }, i) => (isFault(this.#results[i]?.level) ? [name] : []));
  }

  /** Workers that were lost in this visit, the latest first. */
  get losses(): readonly LossNote[] {
    return this.#losses;
  }

  /** All operations so far, those that took the longest together first. */
  operations(): readonly Operation[] {
    const now = performance.now();
    return [...this.#operations]
      .map(([name, durations]) => ({
        name,
        count: durations.count,
        aMinute: durations.aMinute(now),
        p50Ms: durations.quantileMs(0.5),
        p95Ms: durations.quantileMs(0.95),
        maxMs: durations.maxMs,
      }))
      .sort((a, b) => b.count * b.p50Ms - a.count * a.p50Ms);
  }

  #operation(name: string, startMs: number): Durations {
    let durations = this.#operations.get(name);
    if (!durations) this.#operations.set(name, (durations = new Durations(startMs)));
    return durations;
  }

  #look(): void {
    const now = performance.now();
    const spanMs = now - this.#lookedAtMs;
    this.#lookedAtMs = now;
    // A page that is not seen is slowed down by the browser, and so are its workers.
    if (document.visibilityState !== 'visible') return;
    this.#busyMs = Math.max(this.#busyMs, spanMs - lookEveryMs);
    this.#watchRun(spanMs);
    this.#watchLibrary(spanMs);
    if (now - this.#judgedAtMs < judgeEveryMs) return;
    this.#judgedAtMs = now;
    const facts = this.#facts();
    this.#results = checks.map((check) => judge(check, facts));
    this.#history = [...this.#history.slice(1 - mostKept), this.#results];
    this.#busyMs = 0;
  }

  #watchRun(spanMs: number): void {
    const { handle } = this.#studio.deck;
    if (handle !== this.#handle) {
      this.#handle = handle;
      this.#watches.coordinator.begin();
      this.#watches.upkeep.begin();
      handle?.onLoss((loss) => this.#take(loss));
    }
    if (!handle || this.#studio.deck.phase === 'failed') return;
    for (const pulse of handle.pulses) {
      const watch = this.#watches[pulse.worker];
      if (!watch.look(pulse, spanMs)) continue;
      const silence = `it gave no sign of life for ${(watch.silentMs / 1_000).toFixed(1)} s`;
      handle.revive(pulse.worker, silence);
      this.#watches.coordinator.begin();
      this.#watches.upkeep.begin();
      break;
    }
    handle.ask();
  }

  #watchLibrary(spanMs: number): void {
    const { library, intake, deck } = this.#studio;
    const watch = this.#watches.library;
    if (!library.listed) return;
    // Long work lets messages in between its steps, and a step may be long.
    const state = intake.step?.name === 'importing' ? 'busy' : 'at work';
    if (watch.look({ beat: this.#libraryBeat, state }, this.#isAsked ? spanMs : 0)) {
      const reason = `The library's worker gave no sign of life for ${(watch.silentMs / 1_000).toFixed(1)} s, and was started again`;
      watch.begin();
      this.#isAsked = false;
      this.#libraryBeat++;
      // In one go: the run has another block, served by the new worker, before it hears that the old one serves it no more.
      void library.restart(reason);
      if (deck.handle) deck.handle.revive('library', reason);
      else this.#take({ worker: 'library', reason, at: null });
      return;
    }
    if (this.#isAsked) return;
    this.#isAsked = true;
    const { service } = library;
    service.beat().then(
      () => {
        this.#isAsked = false;
        this.#libraryBeat++;
      },
      () => undefined,
    );
  }

  #take(loss: Loss): void {
    this.#losses = [{ ...loss, atMs: Date.now() }, ...this.#losses].slice(0, mostLosses);
    this.#studio.notices.say(`The worker “${loss.worker}” was lost and is started again.`);
  }

  #facts(): Facts {
    const { deck, library } = this.#studio;
    const { picture, plan } = deck;
    const isPlaying = deck.phase === 'playing';
    const live = picture && plan && deck.isLive ? picture : undefined;
    if (plan !== this.#plan) {
      this.#plan = plan;
      this.#plannedBytes = plan ? blockBytes(plan) : 0;
    }
    this.#askStorage();
    const { usedBytes: used, quotaBytes: quota } = library.storage ?? {};
    const silent = (name: keyof Facts['silentSeconds'], isAwake: boolean): number | null =>
      isAwake ? this.#watches[name].silentMs / 1_000 : null;
    const awake = (deck.handle?.pulses ?? []).filter(({ state }) => state === 'at work' || state === 'busy');
    const isAwake = (name: string): boolean => awake.some(({ worker }) => worker === name);
    const { hits = 0, misses = 0 } = picture?.prefetch ?? {};
    const since = Date.now() - latelyMs;
    return {
      silentSeconds: {
        coordinator: silent('coordinator', isAwake('coordinator')),
        upkeep: silent('upkeep', isAwake('upkeep')),
        library: silent('library', library.listed),
      },
      lossesLately: this.#losses.filter(({ atMs }) => atMs >= since).length,
      pageBusyMs: Math.max(0, this.#busyMs),
      lagMs: live && isPlaying && live.speed !== Infinity ? lagOf(live) : null,
      journal: live ? { waiting: live.upkeep.journaled, room: journalCapacity } : null,
      memory: { planned: deck.hasRun ? this.#plannedBytes : 0, ...memoryOf() },
      storage: used !== undefined && quota !== undefined ? { used, quota } : null,
      bars: live ? barsOf(live) : null,
      prefetch: hits + misses > 0 ? { hits, misses } : null,
      lastBar: live && plan ? lastBarOf(live, plan) : null,
    };
  }

  /** What is stored changes by other tabs too. */
  #askStorage(): void {
    const now = performance.now();
    if (now - this.#storedAtMs < storageEveryMs || this.#studio.intake.step) return;
    this.#storedAtMs = now;
    this.#studio.library.lookAtStorage();
  }
}

function lagOf({ nextDueWall }: Picture): number | null {
  return Number.isNaN(nextDueWall) ? null : Math.max(0, Date.now() - nextDueWall);
}

function barsOf({ expected, streamed, filled, upkeep }: Picture): Facts['bars'] {
  const sum = (of: Int32Array): number => of.reduce((total, count) => total + count, 0);
  const { open, givenUp } = upkeep;
  return { expected: sum(expected), present: sum(streamed) + sum(filled), open, givenUp };
}

/** In a session that is active: how long none of its symbols has had a bar. */
function lastBarOf(picture: Picture, plan: RunPlan): Facts['lastBar'] {
  const { states, slots } = picture;
  if (sessionStates[picture.sessionState] !== 'active' || slots === 0) return null;
  const symbols = plan.symbols.length;
  let at = slots * symbols - 1;
  while (at >= 0 && !isVisible(states[at]!)) at--;
  const silentSlots = slots - 1 - Math.floor(at / symbols);
  return { seconds: (silentSlots * plan.intervals[0]!.ms) / 1_000, timeout: plan.config.session.timeoutSeconds };
}

/** What the page's heap takes where the browser says so (Chromium), and the memory that the machine has, as far as it is told. */
function memoryOf(): { heap: number | null; machine: number } {
  const { memory } = performance as { memory?: { usedJSHeapSize: number } };
  const { deviceMemory } = navigator as { deviceMemory?: number };
  return {
    heap: memory?.usedJSHeapSize ?? null,
    machine: deviceMemory === undefined ? assumedBytes : deviceMemory * 1e9,
  };
}

const watching = new WeakMap<Studio, Health>();

/** The one that watches over a studio. */
export function healthOf(studio: Studio): Health {
  let health = watching.get(studio);
  if (!health) watching.set(studio, (health = new Health(studio)));
  return health;
}
