import type { Instant } from '../../time/instant.ts';
import type { Session } from '../../time/session.ts';
import type { Deck } from '../deck.svelte.ts';
import { barLabel } from '../labels.ts';
import { priceAt } from './candle-scene.ts';
import { firstAt } from './candles.ts';
import { Pane, type PaneFrame } from './pane.svelte.ts';
import { stackedPlots, type Plot } from './plots.ts';
import { SlotAxis, type AxisPlace } from './slot-axis.ts';
import { timeMarks, type TimeMark } from './time-marks.ts';
import { followSpan, panned, zoomed, type Span } from './viewport.ts';

/** Where the crosshair is. */
export interface Cursor {
  readonly position: number;
  /** The pane it is in and the price there; null for one that the keyboard moves from bar to bar. */
  readonly at: { readonly pane: Pane; readonly price: number } | null;
}

/** The chart as its user has it: where it looks, what is under the cursor, and the panes it draws. */
export class Chart implements PaneFrame {
  readonly #deck: Deck;
  #size = $state.raw({ width: 0, height: 0 });
  /** What the user looks at; undefined while the tape is followed. */
  #chosen = $state.raw<Span>();
  #cursor = $state.raw<Cursor>();
  #spoken = $state.raw('');
  /** The base slot that the chart was asked to show, while it looks there. */
  #sight = $state.raw<AxisPlace>();
  #axis = $derived.by(() => {
    const { plan, interval } = this.#deck;
    return plan && new SlotAxis(plan.sessions, plan.intervals[interval]!.ms);
  });
  #panes = $derived.by(() => [new Pane(this.#deck, this, this.#deck.symbol, 0)]);
  #session = $derived.by(() => this.#deck.picture?.session ?? this.#deck.plan?.firstPlayed ?? 0);
  #plots = $derived.by(() => stackedPlots(this.#size.width, this.#size.height, this.#panes.length));
  #last = $derived.by(() => this.#lastNow());
  #span = $derived.by(
    () => this.#axis && (this.#chosen ?? followSpan(this.#axis, this.#session, this.#last, this.#plots[0]!.width)),
  );
  #marks = $derived.by(() => this.#marksNow());

  constructor(deck: Deck) {
    this.#deck = deck;
  }

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

  get follows(): boolean {
    return this.#chosen === undefined;
  }

  get cursor(): Cursor | undefined {
    return this.#cursor;
  }

  /** Start of the slot under the cursor, epoch milliseconds. */
  get cursorStart(): number | undefined {
    const place = this.#cursor && this.#axis?.at(this.#cursor.position);
    return place && this.#axis?.start(place);
  }

  /** What the bar that the keyboard moved to is, in words. */
  get spoken(): string {
    return this.#spoken;
  }

  /** Place in the lead's bars of the bar to read out: under the cursor, else the latest one; -1 where there is none. */
  get readPlace(): number {
    if (this.#cursor) return this.lead.placeAt(this.#cursor.position);
    return (this.lead.bars?.count ?? 0) - 1;
  }

  /** The session that the chart was asked to show and whose bars are no longer in memory. */
  get beyond(): Session | undefined {
    const sight = this.#sight;
    if (!sight || this.follows || this.lead.candles.length > 0 || sight.session === this.#session) return undefined;
    return this.#deck.plan?.sessions[sight.session];
  }

  /** The room of the chart on the page, in pixels. */
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

  /** Puts the crosshair at a point of the chart; none beside the plots. */
  pointAt(x: number, y: number): void {
    const pane = this.#panes.find(({ plot }) => y <= plot.y + plot.height);
    if (!pane || x > pane.plot.width) return this.leave();
    this.#cursor = { position: this.position(x), at: { pane, price: priceAt(pane.plot, pane.scale, y) } };
  }

  leave(): void {
    this.#cursor = undefined;
  }

  /** Moves the view by pixels, to later times where they are positive. */
  panBy(pixels: number): void {
    const [axis, span] = [this.#axis, this.#span];
    if (axis && span) this.#chosen = panned(span, (pixels / this.#plots[0]!.width) * (span.to - span.from), axis);
  }

  /** Moves the view by a share of its width. */
  panByShare(share: number): void {
    this.panBy(share * this.#plots[0]!.width);
  }

  /** Shows more (factor > 1) or less about what is at x, which stays there; about the middle where x is left out. */
  zoomBy(factor: number, x = this.#plots[0]!.width / 2): void {
    const [axis, span] = [this.#axis, this.#span];
    if (axis && span) this.#chosen = zoomed(span, factor, this.position(x), axis);
  }

  /** Follows the tape again. */
  follow(): void {
    this.#chosen = undefined;
    this.#sight = undefined;
    this.#cursor = undefined;
  }

  /** Brings a base slot into the middle, under the cursor. */
  lookAt(sight: AxisPlace): void {
    const axis = this.#axis;
    if (!axis) return;
    const position = axis.position(sight.session, sight.slot) + 0.5;
    const half = Math.min(120, Math.max(30, this.#plots[0]!.width / 14));
    this.#chosen = panned({ from: position - half, to: position + half }, 0, axis);
    this.#cursor = { position, at: null };
    this.#sight = sight;
  }

  /** Plays the run to the base slot that the chart was asked to show. */
  goToSight(): void {
    const [sight, axis] = [this.#sight, this.#axis];
    if (sight && axis) this.#deck.runTo((axis.start(sight) + axis.intervalMs) as Instant);
    this.follow();
  }

  /** Moves the cursor by bars; from no cursor to the latest bar. */
  stepCursor(bars: number): void {
    const { bars: all } = this.lead;
    if (!all || !this.#axis) return;
    const cursor = this.#cursor;
    if (!cursor) return this.#readAt(all.count - 1);
    const under = this.lead.placeAt(cursor.position);
    this.#readAt((under < 0 ? firstAt(all, this.#axis, cursor.position) : under) + bars);
  }

  /** Moves the cursor to the first bar there is. */
  readFirst(): void {
    this.#readAt(0);
  }

  #readAt(place: number): void {
    const [{ bars, decimals }, axis, span, plan] = [this.lead, this.#axis, this.#span, this.#deck.plan];
    if (!bars || !axis || !span || !plan || bars.count === 0) return;
    const i = Math.max(0, Math.min(bars.count - 1, place));
    const position = axis.position(bars.session[i]!, bars.slot[i]!);
    this.#cursor = { position: position + 0.5, at: null };
    if (position < span.from) this.#chosen = panned(span, position - span.from - 2, axis);
    else if (position + 1 > span.to) this.#chosen = panned(span, position + 3 - span.to, axis);
    const price = (value: number): string => value.toFixed(decimals);
    this.#spoken = `${barLabel(bars.start[i]!, axis.intervalMs, plan.zone)}: open ${price(bars.open[i]!)}, high ${price(bars.high[i]!)}, low ${price(bars.low[i]!)}, close ${price(bars.close[i]!)}`;
  }

  #lastNow(): number {
    const [axis, { bars }] = [this.#axis, this.lead];
    if (!axis) return 0;
    if (!bars || bars.count === 0) return axis.offsets[this.#session] ?? 0;
    return axis.position(bars.session[bars.count - 1]!, bars.slot[bars.count - 1]!);
  }

  #marksNow(): TimeMark[] {
    const [axis, span, plan] = [this.#axis, this.#span, this.#deck.plan];
    return axis && span && plan ? timeMarks(axis, span, this.#plots[0]!.width, plan.zone) : [];
  }
}
