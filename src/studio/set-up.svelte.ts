import type { Finding } from '../config/finding.ts';
import type { Proof } from '../config/proof.ts';
import { readConfig } from '../config/read.ts';
import { defaultConfig, settings, valueOf, type Config, type StrategyChoice } from '../config/schema.ts';
import type { Manifest } from '../library/manifest.ts';
import { sampleSha256, type SampleName } from '../sample/identity.ts';
import { sampleMeant, withSample } from '../sample/meant.ts';
import type { RunPlan } from '../session/plan.ts';
import { calendar } from '../time/calendar.ts';
import type { Library } from './library.svelte.ts';
import { sentences, type Notices } from './notices.svelte.ts';
import { Planner } from './planner.svelte.ts';

/** A configuration, and which of its settings were given rather than left at their defaults. */
interface Given {
  readonly config: Config;
  readonly given: ReadonlySet<string>;
}

/** A strategy as its user chose it: parameters are checked when it is decided. */
export interface ChosenStrategy {
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly code?: string;
}

/** Changes that can be taken back. */
const mostUndone = 100;

/** What a link says: its set-up, and what came of it, where it says that. */
export interface Linked {
  readonly config: Config;
  readonly proof?: Proof;
}

/** A link that says what came of its set-up. */
export type LinkProof = Required<Linked>;

/** Settings that belong to a dataset: they are dropped where they do not fit another one. */
const ofDataset = ['symbols', 'from', 'to'] as const;

/** The set-up: what the next run is started from. Every way in is checked; what is refused changes nothing. */
export class SetUp {
  readonly planner = new Planner();
  readonly #library: Library;
  readonly #notices: Notices;
  #now = $state.raw<Given>({ config: defaultConfig(), given: new Set() });
  #refused = $state.raw<ReadonlyMap<string, string>>(new Map());
  #opening = $state.raw(0);
  #before = $state.raw<readonly Given[]>([]);
  #after = $state.raw<readonly Given[]>([]);
  #linked = $state.raw<Linked>();
  #proof = $derived.by((): LinkProof | undefined => {
    const { proof, config } = this.#linked ?? {};
    return proof && config && { proof, config };
  });
  #datasets = $derived.by(() => withSample(this.#now.config.data, this.#library.datasets, this.#library.held ?? []));
  #unstored = $derived.by(() =>
    sampleMeant(this.#now.config.data, this.#library.datasets).filter((name) =>
      this.#library.datasets.every(({ sha256 }) => sha256 !== sampleSha256[name]),
    ),
  );
  #planned = $derived.by(() => {
    if (!this.#library.listed) return undefined;
    return this.planner.plan(this.#now.config, this.#now.given, this.#datasets);
  });

  constructor(library: Library, notices: Notices) {
    this.#library = library;
    this.#notices = notices;
  }

  get config(): Config {
    return this.#now.config;
  }

  /** The settings that were given, in the shape of a configuration. */
  get settings(): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
    return this.#raw();
  }

  /** The run that this set-up makes with the datasets that are here; undefined when it makes none. */
  get plan(): RunPlan | undefined {
    return this.busy || !this.#planned?.ok ? undefined : this.#planned.plan;
  }

  /** A link is being read, or the datasets are not known yet, or what decides runs and strategies is not there. */
  get busy(): boolean {
    return (
      this.#opening > 0 || !this.#library.listed || this.lacksSample || !this.planner.isReady(this.config.strategy)
    );
  }

  /** The datasets of the sample that are meant and are not stored: they are held in memory until they are played. */
  get unstored(): readonly SampleName[] {
    return this.#unstored;
  }

  /** Something of the sample is meant that is to be made first. */
  get lacksSample(): boolean {
    return this.#library.listed && this.#unstored.length > 0 && !this.#library.held;
  }

  /** Why there is no plan; nothing while what is meant is on its way. */
  get errors(): readonly Finding[] {
    return this.#planned && !this.#planned.ok && !this.busy ? this.#planned.findings : [];
  }

  /** A dataset is named that is not here, or a link has said what it wants. */
  get wantsData(): boolean {
    return this.#linked !== undefined || this.errors.some((error) => this.isAbsent(error));
  }

  get warnings(): readonly Finding[] {
    return this.#planned?.ok ? this.#planned.warnings : [];
  }

  /** The datasets that can be played: those that are stored, and what is meant of the sample. */
  get datasets(): readonly Manifest[] {
    return this.#datasets;
  }

  /** The dataset that is played. */
  get dataset(): Manifest | undefined {
    const name = this.config.data.dataset;
    const id = this.plan?.symbols[0]?.dataset;
    return this.#datasets.find((each) => (name === null ? each.id === id : isNamed(each, name)));
  }

  /** A multiple of real time; Infinity is "max". */
  get speed(): number {
    const { speed } = this.config.replay;
    return speed === 'max' ? Infinity : speed;
  }

  /** The zone that times of the set-up are told in: the market's. */
  get zone(): string {
    return this.plan?.zone ?? calendar(this.config.session.calendar).zone;
  }

  /** The symbols that the set-up may speak of: those that are played, or all of the dataset. */
  get symbolNames(): readonly string[] {
    return this.plan?.symbols.map(({ name }) => name) ?? this.dataset?.symbols.map(({ name }) => name) ?? [];
  }

  fillsFrom(dataset: Manifest): boolean {
    const names = this.config.data.fillFrom;
    return this.#datasets.some((each) => each.id === dataset.id && names.some((name) => isNamed(each, name)));
  }

  /** What the link says that was opened last; undefined once what is played is another matter. */
  get linked(): Linked | undefined {
    return this.#linked;
  }

  /** The same of a link that says what came of its set-up. */
  get proof(): LinkProof | undefined {
    return this.#proof;
  }

  forgetLink(): void {
    this.#linked = undefined;
  }

  /** Takes from a link that was applied before what it says. */
  async takeLink(hash: string): Promise<void> {
    const { decodeLink } = await import('../config/link.ts');
    const read = await decodeLink(hash);
    if (read.ok && 'config' in read) this.#linked = read;
  }

  isGiven(setting: string): boolean {
    return this.#now.given.has(setting);
  }

  /** What is wrong with a setting: with what was written last, or with the value it has. */
  wrongWith(setting: string): string | undefined {
    return this.#refused.get(setting) ?? this.errorOf(setting)?.message;
  }

  /** What keeps the set-up from being played, as far as it is about that setting. */
  errorOf(setting: string): Finding | undefined {
    return this.errors.find((finding) => isAbout(finding, setting));
  }

  /** What was written last for a setting was refused; the value before it stays. */
  isRefused(setting: string): boolean {
    return this.#refused.has(setting);
  }

  /** What was written last and refused, by setting; the values before stay. */
  get refused(): ReadonlyMap<string, string> {
    return this.#refused;
  }

  /** What is to be known of a setting, or of an entry of it, before it is played. */
  warningsOf(setting: string): readonly Finding[] {
    return this.warnings.filter((warning) => isAbout(warning, setting));
  }

  /** The error is that a dataset is named which is not here. */
  isAbsent({ setting, value }: Finding): boolean {
    if (typeof value !== 'string' || this.#isHere(value)) return false;
    if (setting === 'data.streams') return this.config.data.streams?.some(({ dataset }) => dataset === value) ?? false;
    return setting === 'data.dataset' || setting === 'data.fillFrom';
  }

  /** Takes up settings that were kept; those that are not understood any more change nothing. */
  restore(settings: object): void {
    const read = readConfig(settings);
    if (read.ok) this.#show(read);
  }

  /** Takes settings in place of all that are; those that are wrong change nothing. Returns what is wrong, undefined when nothing is. */
  take(settings: unknown): string | undefined {
    const read = readConfig(settings);
    if (!read.ok) return sentences(read.findings);
    this.#become(read);
    this.#turnFromLink();
    return undefined;
  }

  get canUndo(): boolean {
    return this.#before.length > 0;
  }

  get canRedo(): boolean {
    return this.#after.length > 0;
  }

  /** Takes the last change back. */
  undo(): void {
    const last = this.#before.at(-1);
    if (!last) return;
    this.#after = [...this.#after, this.#now];
    this.#before = this.#before.slice(0, -1);
    this.#show(last);
  }

  /** Makes the change again that was taken back last. */
  redo(): void {
    const next = this.#after.at(-1);
    if (!next) return;
    this.#before = [...this.#before, this.#now];
    this.#after = this.#after.slice(0, -1);
    this.#show(next);
  }

  /** Gives a setting a value; one that is refused changes nothing and is told by `wrongWith`. */
  set(group: string, key: string, value: unknown): void {
    const name = `${group}.${key}`;
    this.#take(name, { ...this.#raw(), [group]: { ...this.#raw()[group], [key]: value } });
  }

  /** Runs that strategy; null: none. */
  chooseStrategy(strategy: ChosenStrategy | null): void {
    const raw = this.#raw();
    if (strategy) raw['strategy'] = { ...strategy };
    else delete raw['strategy'];
    this.#take('strategy', raw);
  }

  /** Gives a parameter of the strategy a value; one that is refused changes nothing and is told by `wrongWith`. */
  setParam(key: string, value: unknown): void {
    const { strategy } = this.config;
    if (!strategy) return;
    const params = { ...strategy.params, [key]: value };
    this.#take(`strategy.params.${key}`, { ...this.#raw(), strategy: { ...strategy, params } });
  }

  /** What was written for a setting, or for a parameter of the strategy, is no value at all: `why` ends as a sentence does. */
  refuse(name: string, why: string): void {
    this.#refused = new Map([...this.#refused, [name, why]]);
  }

  /** The run that was started from this set-up has a longer script now: so has the set-up, and nothing is to be taken back. */
  follow(strategy: StrategyChoice): void {
    const read = readConfig({ ...this.#raw(), strategy });
    if (read.ok) this.#show(read, this.#refused);
  }

  /** Gives a setting its default back. */
  reset(group: string, key: string): void {
    const raw = this.#raw();
    delete raw[group]?.[key];
    this.#take(`${group}.${key}`, raw);
  }

  /** Plays that dataset; settings that do not fit it are dropped. Returns why it was refused, undefined when it was not. */
  choose(dataset: Manifest): string | undefined {
    const meant = this.#linked?.config.data;
    const isMeant = meant && meant.dataset !== null && isNamed(dataset, meant.dataset);
    if (!isMeant) this.#turnFromLink();
    return this.#put(dataset, isMeant ? meant : undefined);
  }

  /** `meant` is what a link says of data: its symbols and dates count as far as nothing else was chosen since. */
  #put(dataset: Manifest, meant?: Config['data']): string | undefined {
    const raw = this.#raw();
    const said = ofDataset.flatMap((key) => (meant && meant[key] !== null ? [[key, meant[key]] as const] : []));
    this.#take('data.dataset', {
      ...raw,
      data: { ...Object.fromEntries(said), ...raw['data'], dataset: dataset.name },
    });
    const refused = this.#refused.get('data.dataset');
    if (refused !== undefined) return refused;
    for (const key of ofDataset)
      if (this.errors.some(({ setting }) => setting === `data.${key}`)) this.reset('data', key);
    return undefined;
  }

  /** A dataset was imported: it is chosen, unless the set-up was waiting for it or has another use for it. */
  welcome(dataset: Manifest): string | undefined {
    const { dataset: wanted, fillFrom, streams } = this.config.data;
    if (streams || [wanted, ...fillFrom].some((name) => name !== null && isNamed(dataset, name))) return undefined;
    // What is played is here: the new one may be what gaps are filled from, under another name.
    const isSource = this.#linked?.proof?.data.some(
      ({ sha256, use }) => use === 'filled from' && sha256 === dataset.sha256,
    );
    const isPlayedHere = wanted !== null && this.#isHere(wanted);
    if (isSource || (isPlayedHere && fillFrom.some((name) => !this.#isHere(name)))) return undefined;
    return this.#put(dataset, this.#linked?.config.data);
  }

  #isHere(name: string): boolean {
    return this.#datasets.some((dataset) => isNamed(dataset, name));
  }

  /** The user decides what is played: a link that does not say what comes of it has had its say. */
  #turnFromLink(): void {
    if (!this.#linked?.proof) this.#linked = undefined;
  }

  followRename(before: string, after: string): void {
    const { dataset, fillFrom } = this.config.data;
    if (dataset === before) this.set('data', 'dataset', after);
    if (fillFrom.includes(before))
      this.set(
        'data',
        'fillFrom',
        fillFrom.map((name) => (name === before ? after : name)),
      );
  }

  /**
   * Applies the hash of an address; resolves with whether it changed the set-up. A link that names no dataset leaves the one that
   * is played. A broken link is told and changes nothing.
   */
  async openLink(hash: string): Promise<boolean> {
    const opening = ++this.#openings;
    this.#opening++;
    try {
      const { decodeLink } = await import('../config/link.ts');
      const read = await decodeLink(hash);
      if (opening !== this.#openings) return false;
      this.#notices.clear('link');
      if (!read.ok) {
        this.#notices.raise('link', {
          title: 'The link was not applied',
          detail: sentences(read.findings),
          advice: 'The set-up is as it was. Ask for the link again, or mend what is named here.',
        });
        return false;
      }
      if ('empty' in read) return false;
      const played = this.dataset;
      this.#become(read);
      this.#linked = read;
      if (this.config.data.dataset === null && played && !this.fillsFrom(played))
        this.set('data', 'dataset', played.name);
      return true;
    } finally {
      this.#opening--;
    }
  }

  /**
   * The address of this page with the set-up in it; of a page that is a file only what comes behind its address, which leads
   * nobody else anywhere. `proof` goes with it, and may be of another configuration. Rejects when it would be longer than a page reads.
   */
  async link(proof?: Proof, config = this.config): Promise<string> {
    const address = location.protocol === 'file:' ? '' : location.href.split('#')[0];
    const { encodeLink } = await import('../config/link.ts');
    return address + (await encodeLink(config, proof));
  }

  #openings = 0;

  #take(name: string, raw: object): void {
    const read = readConfig(raw);
    const refused = new Map([...this.#refused].filter(([other]) => !isWithin(other, name)));
    if (read.ok) return this.#become(read, refused);
    refused.set(name, sentences(read.findings));
    this.#refused = refused;
  }

  /** The set-up is another one from now on, which can be taken back. */
  #become({ config, given }: Given, refused: ReadonlyMap<string, string> = new Map()): void {
    this.#before = [...this.#before.slice(-mostUndone), this.#now];
    this.#after = [];
    this.#show({ config, given }, refused);
  }

  #show(next: Given, refused: ReadonlyMap<string, string> = new Map()): void {
    this.#now = next;
    this.#refused = refused;
  }

  /** The settings that were given, in the shape of a configuration. */
  #raw(): Record<string, Record<string, unknown>> {
    const { config, given } = this.#now;
    const raw: Record<string, Record<string, unknown>> = {};
    for (const row of settings) {
      if (row.group === null || !given.has(row.name)) continue;
      (raw[row.group] ??= {})[row.key] = valueOf(config, row);
    }
    // Of what stands in no group, the strategy alone can be chosen.
    if (config.strategy !== null) raw['strategy'] = { ...config.strategy };
    return raw;
  }
}

/** The finding is about the setting, or about something in it. */
function isAbout(finding: Finding, setting: string): boolean {
  return isWithin(finding.setting, setting);
}

/** The place is the setting, or something in it. */
function isWithin(place: string, setting: string): boolean {
  return place.startsWith(setting) && /^($|[.[])/.test(place.slice(setting.length));
}

function isNamed(dataset: Manifest, name: string): boolean {
  return name.startsWith('sha256:') ? dataset.sha256 === name : dataset.name === name;
}
