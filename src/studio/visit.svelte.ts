import { readConfig } from '../config/read.ts';
import { withSample } from '../sample/meant.ts';
import { planRun } from '../session/plan-run.ts';
import type { RunPlan } from '../session/plan.ts';
import { slotCount } from '../time/grid.ts';
import type { Instant } from '../time/instant.ts';
import { isOpenElsewhere, Keeper } from './keeper.ts';
import { lacking, mostKept, tapeOf, type KeptRun, type KeptVisit } from './kept-visit.ts';
import { countLabel, dateLabel, timeLabel, zoneLabel } from './labels.ts';
import { sentences } from './notices.svelte.ts';
import type { RunHandle } from './run-handle.ts';
import type { Studio } from './studio.svelte.ts';

type Read = { readonly ok: true; readonly plan: RunPlan } | { readonly ok: false; readonly reason: string };

/** This visit to the page: takes up what the last one left, and keeps how it is left itself. */
export class Visit {
  readonly #studio: Studio;
  readonly #keeper = new Keeper((characters) => this.#tellLeft(characters));
  #isLeft = false;
  #takenUp = $state.raw<{ readonly run: RunHandle; readonly at: Instant }>();
  /** The address's hash as it is applied, which is not yet that of a link that is being opened. */
  #link = '';

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** Takes up what was kept, unless the address has a link that was opened since; a run as soon as the library is `listed`. */
  async begin(listed: Promise<boolean>): Promise<void> {
    const { hash } = location;
    this.#link = hash;
    const found = this.#keeper.find();
    const isOpened = hash === '' || (found?.isOfTab && found.visit.link === hash);
    // A link that cannot be read leaves the set-up as it was, which is as it was kept.
    const kept = isOpened || !(await this.#studio.openLink()) ? found : undefined;
    if (kept) this.#takeView(kept.visit);
    else if (found?.isOfTab) this.#studio.tellDropped(found.visit.run);
    if (isOpened && hash !== '') await this.#studio.setUp.takeLink(hash);
    const elsewhere = await isOpenElsewhere();
    const isListed = await listed;
    if (isListed && kept?.visit.run && location.hash === hash && (kept.isOfTab || !elsewhere))
      await this.#takeUp(kept.visit.run);
    this.#keeper.begin(this.#now);
  }

  /** Does what the user did not do: it is not kept by itself. What resolves with false was a link that was not applied: a reload opens it again. */
  async untouched<T>(work: () => Promise<T>): Promise<T> {
    this.#keeper.rest();
    const done = await work();
    if (done !== false) this.#link = location.hash;
    this.#keeper.begin(this.#now);
    return done;
  }

  /** Keeps how the page is, soon; called whenever that may have changed. */
  keep(): void {
    // What is read here is what a caller that observes is called again for.
    void this.#now;
    this.#keeper.keep(() => this.#now);
  }

  /** That a run was taken up, while it still stands where it was. */
  get note(): string | undefined {
    const { deck } = this.#studio;
    const { plan, picture, phase, handle } = deck;
    // Another run may stand at the same place.
    if (!plan || handle === undefined || handle !== this.#takenUp?.run) return undefined;
    if (picture?.clock !== this.#takenUp.at) return undefined;
    if (phase === 'finished') return 'Your finished run is restored, with its results. Press Play to run it again.';
    if (phase !== 'paused') return undefined;
    const at = `${dateLabel(picture.clock, plan.zone)} ${timeLabel(picture.clock, plan.zone)} ${zoneLabel(picture.clock, plan.zone)}`;
    return `Restored at ${at}. Press Play to go on, or Stop to start over.`;
  }

  dismissNote(): void {
    this.#takenUp = undefined;
  }

  /** Says once of a run that it has grown too long to be kept. */
  #tellLeft(characters: number | undefined): void {
    if ((characters !== undefined) === this.#isLeft) return;
    this.#isLeft = characters !== undefined;
    if (characters === undefined) return this.#studio.notices.clear('keep');
    this.#studio.notices.raise('keep', {
      title: 'A reload would not find this run again',
      detail: `Its settings, orders and interventions are ${countLabel(characters)} characters; up to ${countLabel(mostKept)} are kept`,
      advice: 'Download the report now, and save the set-up as a file if you need it later.',
    });
  }

  get #now(): KeptVisit {
    const { deck, setUp, chartView, pane, side, dock } = this.#studio;
    return {
      version: 1,
      link: this.#link,
      settings: { ...setUp.settings },
      view: { pane, side, dock, chart: chartView.state },
      run: deck.standing ?? null,
    };
  }

  #takeView({ settings, view }: KeptVisit): void {
    const { chartView, setUp } = this.#studio;
    setUp.restore(settings);
    this.#studio.show(view.side);
    this.#studio.show(view.pane);
    this.#studio.showDock(view.dock);
    chartView.restore(view.chart);
  }

  async #takeUp(run: KeptRun): Promise<void> {
    const { deck, notices } = this.#studio;
    const read = await this.#planOf(run);
    if (!read.ok)
      return notices.raise('restore', {
        title: 'The run was not restored',
        detail: read.reason,
        advice: 'The set-up is as you left it. Import the bars again, or press Play to start a new run.',
      });
    await deck.takeUp(read.plan, run);
    if (deck.phase !== 'paused' && deck.phase !== 'finished') return;
    const { handle, picture } = deck;
    this.#takenUp = handle && picture && { run: handle, at: picture.clock };
    if (run.fingerprint === null || run.fingerprint === deck.fingerprint) return;
    notices.raise('restore', {
      title: 'The restored run differs from the one that you left',
      detail: `Its sessions had the fingerprint ${run.fingerprint} and have ${deck.fingerprint ?? 'none'} now: this version of the page computes another result`,
      advice: 'What is shown is the new result. Compare runs shows the first difference from a report that you saved.',
    });
  }

  /** The plan of a run that was kept, or why it cannot be played up to its place. */
  async #planOf({ settings, tape, place }: KeptRun): Promise<Read> {
    const { datasets } = this.#studio.library;
    const reason = lacking(tape, datasets);
    if (reason !== undefined) return { ok: false, reason };
    const read = readConfig(settings);
    if (!read.ok) return { ok: false, reason: sentences(read.findings) };
    const { strategy } = read.config;
    const decided = strategy && (await this.#studio.setUp.decide(strategy));
    const planned = planRun(read.config, read.given, withSample(read.config.data, datasets), decided);
    if (!planned.ok) return { ok: false, reason: sentences(planned.findings) };
    const { plan } = planned;
    const hashes = (of: KeptRun['tape']): string => of.map(({ sha256 }) => sha256).join();
    const session = place.session < plan.firstPlayed ? undefined : plan.sessions[place.session];
    if (hashes(tapeOf(plan, datasets)) !== hashes(tape))
      return { ok: false, reason: 'its set-up means other datasets than it did' };
    if (!session || place.slots > slotCount(session, plan.intervals[0]!.ms))
      return { ok: false, reason: 'its place is not in the sessions of its set-up' };
    return { ok: true, plan };
  }
}
