import type { RunReport } from '../../session/report.ts';
import type { HonestyReport, StatisticsReport } from '../../session/results-report.ts';
import type { Deck } from '../deck.svelte.ts';
import { messageOf } from '../notices.svelte.ts';

/** A closed trade as the report lists it, as far as results lead to it. */
export interface ListedTrade {
  readonly symbol: string;
  /** ISO 8601. */
  readonly entryTime: string;
}

/** What a run came to by the time at which its report was made. */
export interface RunResults {
  readonly statistics: StatisticsReport;
  readonly honesty: HonestyReport;
  readonly trades: readonly ListedTrade[];
  /** As the report has it: by the bar, or at the ends of sessions. */
  readonly equity: RunReport['equity'];
}

/** The results of the run on the deck, made anew whenever it stands still somewhere else. */
export class Results {
  readonly #deck: Deck;
  #now = $state.raw<RunResults>();
  #problem = $state.raw<string>();
  #isMaking = $state.raw(false);
  #isAsked = false;

  constructor(deck: Deck) {
    this.#deck = deck;
  }

  /** Undefined until they are made, and for a run that has none. */
  get now(): RunResults | undefined {
    return this.#now;
  }

  get problem(): string | undefined {
    return this.#problem;
  }

  get isMaking(): boolean {
    return this.#isMaking;
  }

  forget(): void {
    this.#now = undefined;
    this.#problem = undefined;
  }

  /** Makes them of the run as it stands; asked for again meanwhile, once more after that. */
  async make(): Promise<void> {
    this.#isAsked = true;
    if (this.#isMaking) return;
    this.#isMaking = true;
    while (this.#isAsked) {
      this.#isAsked = false;
      await this.#makeOnce();
    }
    this.#isMaking = false;
  }

  async #makeOnce(): Promise<void> {
    this.#problem = undefined;
    try {
      this.#now = resultsIn(await this.#deck.report());
    } catch (thrown) {
      this.#problem = messageOf(thrown);
    }
  }
}

/** Undefined where there is no strategy, or no bar was played. */
function resultsIn({ statistics, honesty, trades, equity }: RunReport): RunResults | undefined {
  if (Object.keys(statistics).length === 0) return undefined;
  return {
    statistics: statistics as StatisticsReport,
    honesty: honesty as HonestyReport,
    trades: trades as readonly ListedTrade[],
    equity,
  };
}
