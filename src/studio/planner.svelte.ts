import type { Config, StrategyChoice } from '../config/schema.ts';
import type { Manifest } from '../library/manifest.ts';
import type { planRun } from '../session/plan-run.ts';
import type { PlannedStrategy, planStrategy } from '../strategy/plan-strategy.ts';
import type { OwnKit } from './own/own-kit.svelte.ts';

/** What becomes of a set-up: decides strategies and runs, with code that is loaded when it is needed. */
export class Planner {
  /** Loaded with the page, after its first paint. */
  #planRun = $state.raw<typeof planRun>();
  /** Loaded when a configuration names a strategy of the shelf. */
  #planStrategy = $state.raw<typeof planStrategy>();
  /** Loaded when a configuration has own code, or somebody wants to write it. */
  #own = $state.raw<OwnKit>();

  /** Loads what decides runs, which the page can be painted without. */
  async open(): Promise<void> {
    this.#planRun = (await import('../session/plan-run.ts')).planRun;
  }

  /** What own code needs, once it is loaded. */
  get own(): OwnKit | undefined {
    return this.#own;
  }

  async loadOwn(): Promise<OwnKit> {
    const { ownKit } = await import('./own/own-kit.svelte.ts');
    return (this.#own = ownKit);
  }

  /** Whether runs with that strategy, or without one, can be decided; what that lacks is asked for. */
  isReady(strategy: StrategyChoice | null): boolean {
    return this.#planRun !== undefined && this.#hasShelf(strategy);
  }

  /** The run that a configuration makes with those datasets; undefined until that can be decided. */
  plan(
    config: Config,
    given: ReadonlySet<string>,
    datasets: readonly Manifest[],
  ): ReturnType<typeof planRun> | undefined {
    if (!this.#planRun || !this.#hasShelf(config.strategy)) return undefined;
    return this.#planRun(config, given, datasets, config.strategy && this.#decided(config.strategy));
  }

  /** What becomes of a strategy with what is here. */
  async decide(strategy: StrategyChoice): Promise<PlannedStrategy> {
    await this.#loadFor(strategy);
    return this.#decided(strategy);
  }

  #hasShelf(strategy: StrategyChoice | null): boolean {
    if (strategy === null) return true;
    const has = strategy.code === undefined ? this.#planStrategy : this.#own;
    if (!has) void this.#loadFor(strategy);
    return has !== undefined;
  }

  #decided(strategy: StrategyChoice): PlannedStrategy {
    return strategy.code === undefined ? this.#planStrategy!(strategy) : this.#own!.decide(strategy);
  }

  async #loadFor({ code }: StrategyChoice): Promise<void> {
    if (code === undefined) this.#planStrategy = (await import('../strategy/plan-strategy.ts')).planStrategy;
    else await this.loadOwn();
  }
}
