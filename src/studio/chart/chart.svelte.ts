import { untrack } from 'svelte';
import type { BarsWindow, SlotPlace } from '../../memory/picture.ts';
import type { Instant } from '../../time/instant.ts';
import type { Session } from '../../time/session.ts';
import type { Deck } from '../deck.svelte.ts';
import { barLabel } from '../labels.ts';
import type { CandleChart } from './candle-chart.ts';
import type { ChartLayers } from './chart-layers.ts';
import { priceAt } from './places.ts';
import { firstAt } from './candles.ts';
import type { ChartView } from './chart-view.svelte.ts';
import { Pane, type PaneFrame } from './pane.svelte.ts';
import { stackedPlots, type Plot } from './plots.ts';
import { activeHours, sessionMarks, type SessionMarks } from './session-marks.ts';
import { SlotAxis } from './slot-axis.ts';
import { timeMarks, type TimeMark } from './time-marks.ts';
import { followSpan, panned, spanAbout, zoomed, type Span } from './viewport.ts';
import { wantedBars } from './wanted-bars.ts';

/** Where the crosshair is. */
export interface Cursor {
  readonly axis: SlotAxis;
  readonly position: number;
  /** The pane it is in and the price there; null for one that the keyboard moves from bar to bar. */
  readonly at: { readonly pane: Pane; readonly price: number } | null;
}

/** A place that the chart was asked to show and that has no bars: where it lies, and whether the run can be sent there. */
export interface Unseen {
  readonly sight: SlotPlace;
  readonly why: 'ahead' | 'forgotten' | 'before the run';
}

/** The chart as its user has it: where it looks, what is under the cursor, and the panes it draws. */
export class Chart implements PaneFrame {
  readonly #deck: Deck;
  readonly #view: ChartView;
  #canvas = $state.raw<CandleChart>();
  #size = $state.raw({ width: 0, height: 0 });
  #cursor = $state.raw<Cursor>();
  #spoken = $state.raw('');
  /** The place that the chart was asked to show, while it looks there. */
  #sight = $state.raw<SlotPlace>();
  #axis = $derived.by(() => {
    const { plan, interval } = this.#deck;
    return plan && new SlotAxis(plan.sessions, plan.intervals[interval]!.ms);
  });
  #panes = $derived.by(() => this.#deck.symbols.map((symbol, i) => new Pane(this.#deck, this.#view, this, symbol, i)));
  #session = $derived.by(() => this.#deck.picture?.session ?? this.#deck.plan?.firstPlayed ?? 0);
  #plots = $derived.by(() => stackedPlots(this.#size.width, this.#size.height, this.#panes.length));
  #last = $derived.by(() => this.#lastNow());
  #middle = $derived.by(() => this.#middleNow());
  #span = $derived.by(() => this.#spanNow());
  #marks = $derived.by(() => this.#marksNow());
  // Compared by value, so that a view that moved by a pixel does not ask for the same bars again.
  #wantedText = $derived.by(() => JSON.stringify(this.#wantedNow() ?? null));
  #wanted = $derived.by(() => JSON.parse(this.#wantedText) as BarsWindow | null);
  #activeHours = $derived.by(() => this.#deck.plan && activeHours(this.#deck.plan));
  #sessionMarks = $derived.by(() => this.#sessionMarksNow());

  constructor(deck: Deck, view: ChartView) {
    this.#deck = deck;
    this.#view = view;
  }

  /** What else is drawn with it, for its picture: who draws it puts it here, and takes it away. */
  readonly layers: ChartLayers = {};

  /** Of the charted interval; undefined without a plan. */
  get axis(): SlotAxis | undefined {
    return this.#axis;
  }

  get span(): Span | undefined {
    return this.#span;
  }

  get session(): number {
    return this.#session;
  }

  get plots(): readonly Plot[] {
    return this.#plots;
  }

  get panes(): readonly Pane[] {
    return this.#panes;
  }

  /** The pane of the charted symbol. */
  get lead(): Pane {
    return this.#panes[0]!;
  }

  get marks(): readonly TimeMark[] {
    return this.#marks;
  }

  /** Opens, breaks and hours of the sessions in sight. */
  get sessionMarks(): SessionMarks | undefined {
    return this.#sessionMarks;
  }

  /** The view moves with the tape. */
  get follows(): boolean {
    return this.#middle === undefined;
  }

  /** The sessions in sight, without those that are still to be played. */
  get playedInSight(): readonly Session[] {
    const [axis, span, { picture }] = [this.#axis, this.#span, this.#deck];
    if (!axis || !span || !picture) return [];
    const at = (position: number): number =>
      axis.at(Math.max(0, Math.floor(position)))?.session ?? axis.sessions.length;
    return axis.sessions.slice(at(span.from), Math.min(at(span.to), this.#session) + 1);
  }

  /** The bars that it needs a look at; the same object as long as they are the same. */
  get wanted(): BarsWindow | undefined {
    return this.#wanted ?? undefined;
  }

  /** Undefined where there is none, or where it was on another axis. */
  get cursor(): Cursor | undefined {
    return this.#cursor?.axis === this.#axis ? this.#cursor : undefined;
  }

  /** Start of the slot under the cursor, epoch milliseconds. */
  get cursorStart(): number | undefined {
    const place = this.cursor && this.#axis?.at(this.cursor.position);
    return place && this.#axis?.start(place);
  }

  /** What the bar that the keyboard moved to is, in words. */
  get spoken(): string {
    return this.#spoken;
  }

  /** Place in a pane's bars of the bar to read out: under the cursor, else the latest one in sight; -1 where there is none. */
  readPlace(pane: Pane): number {
    if (this.cursor) return pane.placeAt(this.cursor.position);
    return this.follows ? (pane.bars?.count ?? 0) - 1 : (pane.candles.at(-1)?.last ?? -1);
  }

  /** What is read beside the chart: while a run plays it follows the chart a frame later, so that no frame holds both. */
  asRead<T>(now: () => T): T {
    if (this.#deck.phase !== 'playing') return now();
    void [this.#deck.words, this.#cursor, this.#panes];
    return untrack(now);
  }

  /** The place that the chart was asked to show, where it has no bars in memory. */
  get unseen(): Unseen | undefined {
    const [sight, { picture, plan, interval }] = [this.#sight, this.#deck];
    if (!sight || !plan || this.follows) return undefined;
    const oldest = this.#session - plan.intervals[interval]!.historySessions;
    if (sight.session > this.#session || (!picture && sight.session >= plan.firstPlayed))
      return { sight, why: 'ahead' };
    if (sight.session < plan.firstPlayed) return { sight, why: 'before the run' };
    return sight.session < oldest ? { sight, why: 'forgotten' } : undefined;
  }

  /** What it is drawn on; undefined until the code for that is loaded. */
  get canvas(): CandleChart | undefined {
    return this.#canvas;
  }

  drawOn(canvas: CandleChart | undefined): void {
    this.#canvas = canvas;
  }

  /** There is nothing to show yet, not even a slot without a bar. */
  get isEmpty(): boolean {
    return !this.#deck.picture?.slots && (this.lead.bars?.count ?? 0) === 0 && this.follows;
  }

  /** The room of the chart on the page, in pixels. */
  get size(): { readonly width: number; readonly height: number } {
    return this.#size;
  }

  resize(width: number, height: number): void {
    this.#size = { width, height };
  }

  x(position: number): number {
    const span = this.#span;
    return span ? ((position - span.from) / (span.to - span.from)) * this.#plots[0]!.width : 0;
  }

  position(x: number): number {
    const span = this.#span;
    return span ? span.from + (x / this.#plots[0]!.width) * (span.to - span.from) : 0;
  }

  /** The pane at a height of the chart; below all of them the last one. */
  paneAt(y: number): Pane {
    return this.#panes.find(({ plot }) => y <= plot.y + plot.height) ?? this.#panes.at(-1)!;
  }

  /** Puts the crosshair at a point of the chart; none beside the plots. */
  pointAt(x: number, y: number): void {
    const pane = this.paneAt(y);
    const { plot } = pane;
    if (!this.#axis || x > plot.width || y > plot.y + plot.height) return this.leave();
    const price = priceAt(plot, pane.scale, Math.max(y, plot.y));
    this.#cursor = { axis: this.#axis, position: this.position(x), at: { pane, price } };
  }

  leave(): void {
    this.#cursor = undefined;
  }

  /** Moves the view by pixels, to later times where they are positive. */
  panBy(pixels: number): void {
    const [axis, span] = [this.#axis, this.#span];
    if (axis && span) this.#show(panned(span, (pixels / this.#plots[0]!.width) * (span.to - span.from), axis));
  }

  /** Moves the view by a share of its width. */
  panByShare(share: number): void {
    this.panBy(share * this.#plots[0]!.width);
  }

  /**
   * Shows more (factor > 1) or less about what is at x, which stays there; about the middle where x is left out. While a tape that
   * plays is followed, it goes on being followed.
   */
  zoomBy(factor: number, x = this.#plots[0]!.width / 2): void {
    const [axis, span] = [this.#axis, this.#span];
    if (!axis || !span) return;
    const next = zoomed(span, factor, this.position(x), axis);
    if (this.follows && this.#deck.phase === 'playing') this.#view.look({ middle: null, slots: next.to - next.from });
    else this.#show(next);
  }

  /** Moves the view to the session before or after the one that it begins in. */
  turnBy(sessions: number): void {
    const [axis, span] = [this.#axis, this.#span];
    const here = axis?.at(Math.max(0, span?.from ?? 0))?.session;
    if (!axis || !span || here === undefined) return;
    const session = Math.max(0, Math.min(axis.sessions.length - 1, here + sessions));
    this.#show(panned(span, axis.offsets[session]! - span.from, axis));
  }

  /** Follows the tape again. */
  follow(): void {
    this.#view.look(null);
    this.#sight = undefined;
    this.#cursor = undefined;
    for (const pane of this.#panes) pane.fitPrices();
  }

  /** Brings a slot of the charted interval into the middle, under the cursor. */
  lookAt(sight: SlotPlace): void {
    const axis = this.#axis;
    if (!axis) return;
    const position = axis.position(sight.session, sight.slot) + 0.5;
    const half = Math.min(120, Math.max(30, this.#plots[0]!.width / 14));
    this.#show(spanAbout(position, 2 * half, axis));
    this.#cursor = { axis, position, at: null };
    this.#sight = sight;
  }

  /** Brings a time to the left of the view, with as many slots as are shown. */
  jumpTo(at: number): void {
    const [axis, span] = [this.#axis, this.#span];
    if (!axis || !span) return;
    const position = axis.positionAt(at);
    const slots = span.to - span.from;
    this.#show(spanAbout(position + 0.35 * slots, slots, axis));
    this.#sight = axis.at(Math.floor(position));
    this.#cursor = undefined;
  }

  /** Plays the run, or takes it back, to the place that the chart was asked to show, and follows it there. */
  goToSight(): void {
    const [sight, axis] = [this.#sight, this.#axis];
    if (sight && axis) this.#deck.runTo(axis.end(sight) as Instant);
    this.follow();
  }

  /** Moves the cursor by bars; from no cursor to the latest bar, from one out of sight to the edge of the view. */
  stepCursor(bars: number): void {
    const { bars: all } = this.lead;
    const [{ cursor }, axis, span] = [this, this.#axis, this.#span];
    if (!all || !axis || !span) return;
    if (!cursor) return this.#readAt(all.count - 1);
    // A view that was moved away from the cursor is entered at its edge.
    if (cursor.position < span.from || cursor.position > span.to)
      return this.#readAt(bars > 0 ? firstAt(all, axis, span.from) : firstAt(all, axis, span.to) - 1);
    const under = this.lead.placeAt(cursor.position);
    this.#readAt((under < 0 ? firstAt(all, axis, cursor.position) : under) + bars);
  }

  /** Moves the cursor to the first bar that is in memory. */
  readFirst(): void {
    const [axis, { plan, interval }] = [this.#axis, this.#deck];
    if (!axis || !plan) return;
    const oldest = Math.max(0, this.#session - plan.intervals[interval]!.historySessions);
    this.#show(panned(this.#span!, axis.offsets[oldest]! - this.#span!.from, axis));
    this.#deck.lookWithin(this.wanted);
    this.#readAt(0);
  }

  /** Shows a span; what was asked for before is given up. */
  #show({ from, to }: Span): void {
    this.#sight = undefined;
    if (this.#axis) this.#view.look({ middle: this.#axis.timeAt((from + to) / 2), slots: to - from });
  }

  #readAt(place: number): void {
    const [{ bars, decimals }, axis, span, plan] = [this.lead, this.#axis, this.#span, this.#deck.plan];
    if (!bars || !axis || !span || !plan || bars.count === 0) return;
    const i = Math.max(0, Math.min(bars.count - 1, place));
    const position = axis.position(bars.session[i]!, bars.slot[i]!);
    this.#cursor = { axis, position: position + 0.5, at: null };
    if (position < span.from) this.#show(panned(span, position - span.from - 2, axis));
    else if (position + 1 > span.to) this.#show(panned(span, position + 3 - span.to, axis));
    const price = (value: number): string => value.toFixed(decimals);
    this.#spoken = `${barLabel(bars.start[i]!, axis.intervalMs, plan.zone)}: open ${price(bars.open[i]!)}, high ${price(bars.high[i]!)}, low ${price(bars.low[i]!)}, close ${price(bars.close[i]!)}`;
  }

  #lastNow(): number {
    const [axis, { picture }] = [this.#axis, this.#deck];
    if (!axis) return 0;
    if (!picture || picture.slots === 0) return axis.offsets[this.#session] ?? 0;
    return Math.max(axis.offsets[this.#session]!, Math.floor(axis.positionAt(picture.clock)) - 1);
  }

  /** The position that the user chose to have in the middle; undefined where the tape is followed, or where the run has no such time. */
  #middleNow(): number | undefined {
    const [axis, span] = [this.#axis, this.#view.span];
    if (!axis || span === null || span.middle === null) return undefined;
    const [first, last] = [axis.sessions[0]!, axis.sessions.at(-1)!];
    return span.middle >= first.open && span.middle <= last.close ? axis.positionAt(span.middle) : undefined;
  }

  #spanNow(): Span | undefined {
    const [axis, middle, chosen] = [this.#axis, this.#middle, this.#view.span];
    if (!axis) return undefined;
    if (middle !== undefined && chosen) return spanAbout(middle, chosen.slots, axis);
    const slots = chosen?.middle === null ? chosen.slots : undefined;
    return followSpan(axis, this.#session, this.#last, this.#plots[0]!.width, slots);
  }

  #wantedNow(): BarsWindow | undefined {
    const [axis, span] = [this.#axis, this.#span];
    return axis && span && wantedBars(axis, span, this.follows, this.#view);
  }

  #sessionMarksNow(): SessionMarks | undefined {
    const [axis, span, hours] = [this.#axis, this.#span, this.#activeHours];
    return axis && span && hours && sessionMarks(axis, span, hours);
  }

  #marksNow(): TimeMark[] {
    const [axis, span, plan] = [this.#axis, this.#span, this.#deck.plan];
    return axis && span && plan ? timeMarks(axis, span, this.#plots[0]!.width, plan.zone) : [];
  }
}
