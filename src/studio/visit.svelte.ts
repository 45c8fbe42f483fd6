import { isOpenElsewhere, Keeper } from './keeper.ts';
import { mostKept, type KeptVisit } from './kept-visit.ts';
import { countLabel, dateLabel, timeLabel, zoneLabel } from './labels.ts';
import type { Studio } from './studio.svelte.ts';
import type { TakenUp } from './take-up.ts';

/** This visit to the page: takes up what the last one left, and keeps how it is left itself. */
export class Visit {
  readonly #studio: Studio;
  readonly #keeper = new Keeper((characters) => this.#tellLeft(characters));
  #isLeft = false;
  #takenUp = $state.raw<TakenUp>();
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
    if (isOpened && found?.visit.isMeant && hash !== '') await this.#studio.setUp.takeLink(hash);
    const elsewhere = await isOpenElsewhere();
    const isListed = await listed;
    if (isListed && kept?.visit.run && location.hash === hash && (kept.isOfTab || !elsewhere)) {
      const { takeUp } = await import('./take-up.ts');
      this.#takenUp = await takeUp(kept.visit.run, this.#studio);
    }
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
      isMeant: setUp.linked !== undefined,
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
}
