import type { TriedOut } from '../../player/cell-service.ts';
import type { RunPlan } from '../../session/plan.ts';
import type { Described, Params } from '../../strategy/definition.ts';
import { messageOf } from '../notices.svelte.ts';
import type { ChosenStrategy } from '../set-up.svelte.ts';
import type { Studio } from '../studio.svelte.ts';
import { cellWorkers, readBy } from '../sweeps/cell-workers.ts';
import { LatestReplay, type Replayer } from './latest-replay.ts';
import { even, slidersOf, type Slider } from './sliders.ts';
import { tapeAgain } from './tape-again.ts';

/** Parameters, and what came of them. */
interface Answered {
  readonly params: Params;
  readonly tried: TriedOut;
}

/** What would have become of the run that is there with other parameters: its tape is replayed in a worker, and it stays as it is. */
export class WhatIf {
  readonly sliders: readonly Slider[];
  readonly #studio: Studio;
  readonly #strategy: ChosenStrategy;
  readonly #replay: LatestReplay<Params, TriedOut>;
  #params: Params = $state.raw({});
  #answered = $state.raw<Answered>();
  #problem = $state.raw<string>();
  #isBusy = $state.raw(false);
  #share: number | undefined;

  constructor(studio: Studio, plan: RunPlan, definition: Described) {
    const { name, params, own } = plan.strategy!;
    this.#studio = studio;
    this.#strategy = { name, params, ...(own && { code: own.sha256 }) };
    this.sliders = slidersOf(definition, params);
    this.#params = this.#own;
    this.#replay = new LatestReplay(() => this.#open(plan), {
      onAnswer: (wish, tried) => {
        this.#answered = { params: wish, tried };
        this.#problem = tried.row.error;
      },
      onFailed: (thrown) => (this.#problem = messageOf(thrown)),
    });
    if (this.sliders.length > 0) this.#replay.warm();
  }

  /** Values of the sliders. */
  get params(): Params {
    return this.#params;
  }

  /** What came of the parameters that were tried last; undefined before the first, and where the sliders are back at the run's. */
  get answered(): Answered | undefined {
    return this.#answered;
  }

  /** Why the parameters of the sliders cannot be played. */
  get problem(): string | undefined {
    return this.#problem;
  }

  get isBusy(): boolean {
    return this.#isBusy;
  }

  get isOwn(): boolean {
    return this.sliders.every(({ param, value }) => this.#params[param] === value);
  }

  drag(param: string, value: number): void {
    this.#params = { ...this.#params, [param]: even(value) };
    if (this.isOwn) this.reset();
    else this.#ask();
  }

  /** Back to the parameters of the run. */
  reset(): void {
    this.#replay.cancel();
    this.#params = this.#own;
    this.#answered = undefined;
    this.#problem = undefined;
  }

  /** Gives up the replay that is under way: the sliders are back where they were when it was answered last. */
  cancel(): void {
    this.#replay.cancel();
    this.#params = this.#answered?.params ?? this.#own;
  }

  /** Puts the parameters into the set-up; the run stays. */
  apply(): void {
    const { setUp, notices } = this.#studio;
    setUp.chooseStrategy({ ...this.#strategy, params: { ...this.#strategy.params, ...this.#params } });
    this.#studio.show('set-up');
    notices.say('The parameters are in the set-up.');
  }

  end(): void {
    this.#replay.end();
  }

  get #own(): Params {
    return Object.fromEntries(this.sliders.map(({ param, value }) => [param, value]));
  }

  #ask(): void {
    const work = this.#replay.ask(this.#params);
    if (!work) return;
    this.#isBusy = true;
    void this.#studio.waits
      .during('Replaying with other parameters', work, () => this.#share)
      .then(() => (this.#isBusy = false));
  }

  async #open(plan: RunPlan): Promise<Replayer<Params, TriedOut>> {
    const { deck, library, setUp } = this.#studio;
    const datasets = library.datasets;
    const own = this.#strategy.code === undefined ? [] : (await setUp.planner.loadOwn()).kept.definitions;
    const over = { sweep: tapeAgain(plan, deck.standing?.settings ?? {}, this.sliders, datasets, own), datasets, own };
    const { players, end } = await cellWorkers(1, over, readBy(over), library.runs);
    return {
      end,
      replay: (params) => {
        this.#share = undefined;
        return players[0]!.tryOut(params, (share) => (this.#share = share));
      },
    };
  }
}
