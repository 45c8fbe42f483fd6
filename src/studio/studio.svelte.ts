import type { Manifest } from '../library/manifest.ts';
import { calendar } from '../time/calendar.ts';
import { Deck } from './deck.svelte.ts';
import { saveJson } from './download.ts';
import { Library } from './library.svelte.ts';
import { messageOf, Notices, sentences, type Problem } from './notices.svelte.ts';
import { SetUp } from './set-up.svelte.ts';

export type Pane = 'chart' | 'library' | 'set-up' | 'session';
export type Modal = 'shortcuts' | null;

/** Everything the page holds, wired together, and what concerns more than one part. */
export class Studio {
  readonly notices = new Notices();
  readonly library = new Library(this.notices);
  readonly setUp = new SetUp(this.library, this.notices);
  readonly deck = new Deck(this.setUp, this.library, this.notices);
  #pane = $state.raw<Pane>('chart');
  #side = $state.raw<'library' | 'set-up'>('library');
  #modal = $state.raw<Modal>(null);
  #shared = $state.raw<{ link: string; copied: boolean }>();

  /** The part that a narrow page shows. */
  get pane(): Pane {
    return this.#pane;
  }

  /** The panel at the left of a wide page. */
  get side(): 'library' | 'set-up' {
    return this.#side;
  }

  get modal(): Modal {
    return this.#modal;
  }

  /** The link that was made last, until it is dismissed. */
  get shared(): { link: string; copied: boolean } | undefined {
    return this.#shared;
  }

  /** What is wrong: what happened, and a set-up that cannot be played. */
  get problems(): readonly (Problem & { topic: string })[] {
    const [first] = this.setUp.errors;
    if (!first || (first.setting === 'data.dataset' && first.value === null)) return this.notices.problems;
    const missing = first.setting === 'data.dataset' || first.setting === 'data.fillFrom';
    return [
      ...this.notices.problems,
      {
        topic: 'set-up',
        title: 'This set-up cannot be played',
        detail: sentences(this.setUp.errors),
        advice: missing
          ? 'Drop the file with these bars on the page, or choose a dataset that is here.'
          : 'Change the setting in Set-up, or open another link.',
      },
    ];
  }

  start(): void {
    this.library.open();
    void this.openLink();
  }

  show(pane: Pane): void {
    this.#pane = pane;
    if (pane === 'library' || pane === 'set-up') this.#side = pane;
  }

  open(modal: Modal): void {
    this.#modal = modal;
  }

  /** Applies the address's hash: the run that was made from another set-up ends. */
  async openLink(): Promise<void> {
    if (await this.setUp.openLink(location.hash)) {
      this.deck.stop();
      this.notices.say('The set-up of the link is applied.');
    }
  }

  choose(dataset: Manifest): void {
    this.setUp.choose(dataset);
    this.deck.settle();
  }

  preview(files: Iterable<File> | null): void {
    const chosen = [...(files ?? [])];
    if (chosen.length === 0) return;
    this.show('library');
    void this.library.preview(chosen, calendar(this.setUp.config.session.calendar).zone);
  }

  async import(): Promise<void> {
    const dataset = await this.library.import();
    if (!dataset) return;
    this.setUp.welcome(dataset);
    this.deck.settle();
    this.notices.say(`${dataset.name} is imported.`);
  }

  /** Plays; a narrow page turns to the chart when a run begins. */
  play(): void {
    if (this.deck.phase !== 'paused') this.show('chart');
    this.deck.play();
  }

  async share(): Promise<void> {
    this.notices.clear('share');
    try {
      const link = await this.setUp.link();
      const copied = await navigator.clipboard.writeText(link).then(
        () => true,
        () => false,
      );
      this.#shared = { link, copied };
    } catch (thrown) {
      this.notices.raise('share', {
        title: 'No link was made',
        detail: messageOf(thrown),
        advice: 'Make the set-up smaller, for example by naming fewer symbols.',
      });
    }
  }

  dismissLink(): void {
    this.#shared = undefined;
  }

  async downloadReport(): Promise<void> {
    this.notices.clear('report');
    try {
      const report = await this.deck.report();
      saveJson(`tapedeck-${report.data[0]?.dataset ?? 'run'}.json`, JSON.stringify(report, null, 2));
    } catch (thrown) {
      this.notices.raise('report', {
        title: 'The report was not made',
        detail: messageOf(thrown),
        advice: 'Pause the run and try again.',
      });
    }
  }
}
