import { Provenance } from '../../bars/provenance.ts';
import type { Picture } from '../../memory/picture.ts';
import { noteKey, type GapNotes } from '../gaps.ts';
import { sized } from './sized.ts';

/** Colours of the strips, as CSS values. */
export interface StripColours {
  readonly streamed: string;
  readonly late: string;
  readonly filled: string;
  readonly repaired: string;
  readonly madeUp: string;
  readonly missing: string;
  readonly ahead: string;
}

/** What became of a slot; told apart by shape. */
export type SlotKind = 'streamed' | 'late' | 'filled' | 'repaired' | 'madeUp' | 'missing';

/**
 * The shape of each kind: bands from top to bottom, as shares of the height. Streamed is whole; late begins lower; filled has a line on
 * top; repaired is cut through; what is made up is three lines; what is missing is a stub at the bottom.
 */
export const slotShapes: Readonly<Record<SlotKind, readonly (readonly [from: number, to: number])[]>> = {
  streamed: [[0, 1]],
  late: [[0.38, 1]],
  filled: [
    [0, 0.13],
    [0.35, 1],
  ],
  repaired: [
    [0, 0.42],
    [0.62, 1],
  ],
  madeUp: [
    [0, 0.13],
    [0.44, 0.57],
    [0.87, 1],
  ],
  missing: [[0.6, 1]],
};

/** The base slots of a session for one symbol, left to right, each in the shape of its kind; what is ahead is faint. */
export function drawStrip(
  canvas: HTMLCanvasElement,
  size: { width: number; height: number },
  { picture, symbol, slots, notes }: Strip,
  colours: StripColours,
): void {
  const { width, height } = size;
  const context = sized(canvas, width, height);
  if (!context) return;
  const perSlot = width / slots;
  const [played, symbols] = [picture?.slots ?? 0, picture?.streamed.length ?? 0];
  context.fillStyle = colours.ahead;
  context.fillRect(played * perSlot, 0, width - played * perSlot, height);
  if (!picture) return;
  const { states } = picture;
  // What is not as it should be lies on top and is three pixels wide at least, however many slots share a pixel.
  drawRuns(true);
  drawRuns(false);

  function drawRuns(streamed: boolean): void {
    for (let from = 0; from < played;) {
      const kind = kindAt(from);
      let to = from + 1;
      while (to < played && kindAt(to) === kind) to++;
      if (kind !== undefined && (kind === 'streamed') === streamed)
        drawRun(kind, from * perSlot, Math.max(streamed ? 1 : 3, (to - from) * perSlot));
      from = to;
    }
  }

  function drawRun(kind: SlotKind, x: number, wide: number): void {
    if (!context) return;
    context.fillStyle = colours[kind];
    context.clearRect(x, 0, wide, height);
    for (const [top, bottom] of slotShapes[kind]) context.fillRect(x, top * height, wide, (bottom - top) * height);
  }

  /** A bar that is longer than a slot shows over all of its slots once it has ended. */
  function kindAt(slot: number): SlotKind | undefined {
    let at = slot;
    while (at < played && states[at * symbols + symbol] === Provenance.notExpected) at++;
    if (at === played) return undefined;
    switch (states[at * symbols + symbol]!) {
      case Provenance.empty:
        return 'missing';
      case Provenance.filled:
        return 'filled';
      case Provenance.repaired:
        return 'repaired';
      case Provenance.madeUp:
        return 'madeUp';
      default:
        return notes.size > 0 && notes.get(noteKey(symbol, at))?.late ? 'late' : 'streamed';
    }
  }
}

/** What a strip of quality shows. */
export interface Strip {
  /** None before a run. */
  readonly picture: Picture | undefined;
  readonly symbol: number;
  /** Base slots of the whole session. */
  readonly slots: number;
  readonly notes: GapNotes;
}

/**
 * All symbols of a session in one strip: by column of pixels the share of their bars that is missing from the bottom up, above it
 * that of filled, repaired and made-up ones. A share that is not nothing is two pixels high at least.
 */
export function drawOverview(
  canvas: HTMLCanvasElement,
  size: { width: number; height: number },
  { picture, slots }: { picture: Picture | undefined; slots: number },
  colours: StripColours,
): void {
  const { width, height } = size;
  const context = sized(canvas, width, height);
  if (!context) return;
  const played = picture?.slots ?? 0;
  const end = (played / slots) * width;
  context.fillStyle = colours.ahead;
  context.fillRect(end, 0, width - end, height);
  if (!picture || played === 0) return;
  context.fillStyle = colours.streamed;
  context.fillRect(0, 0, end, height);
  const columns = Math.min(played, Math.ceil(end / 2));
  const { missing, mended } = sharesOf(picture, columns);
  const wide = Math.max(1, end / columns);
  for (let column = 0; column < columns; column++) {
    if (missing[column] === 0 && mended[column] === 0) continue;
    const high = (share: number): number => (share === 0 ? 0 : Math.max(2, share * height));
    const [lost, put] = [high(missing[column]!), high(mended[column]!)];
    const x = (column / columns) * end;
    context.fillStyle = colours.filled;
    context.fillRect(x, height - lost - put, wide, put);
    context.fillStyle = colours.missing;
    context.fillRect(x, height - lost, wide, lost);
  }
}

/** By column of equally many slots, the share of the expected bars of all symbols that is missing, and that is not as streamed. */
export function sharesOf(
  { states, slots, streamed }: Pick<Picture, 'states' | 'slots' | 'streamed'>,
  columns: number,
): { missing: Float64Array; mended: Float64Array } {
  const symbols = streamed.length;
  const [missing, mended] = [new Float64Array(columns), new Float64Array(columns)];
  for (let column = 0; column < columns; column++) {
    const from = Math.floor((column / columns) * slots) * symbols;
    const to = Math.floor(((column + 1) / columns) * slots) * symbols;
    let expected = to - from;
    for (let i = from; i < to; i++) {
      const state = states[i]!;
      if (state === Provenance.streamed) continue;
      if (state === Provenance.notExpected) expected--;
      else if (state === Provenance.empty) missing[column]!++;
      else mended[column]!++;
    }
    if (expected === 0) continue;
    missing[column]! /= expected;
    mended[column]! /= expected;
  }
  return { missing, mended };
}

/** Numbers over time as a filled line, the latest at the right, of `room` numbers side by side; the highest touches the top. */
export function drawTrail(
  canvas: HTMLCanvasElement,
  size: { width: number; height: number },
  { values, room }: { values: readonly number[]; room: number },
  colour: string,
): void {
  const { width, height } = size;
  const context = sized(canvas, width, height);
  if (!context || values.length === 0) return;
  const most = Math.max(1, ...values);
  const step = width / (room - 1);
  const x = (i: number): number => width - (values.length - 1 - i) * step;
  const y = (value: number): number => height - 1 - (value / most) * (height - 2);
  context.beginPath();
  values.forEach((value, i) => context.lineTo(x(i), y(value)));
  context.strokeStyle = colour;
  context.stroke();
  context.lineTo(width, height);
  context.lineTo(x(0), height);
  context.globalAlpha = 0.25;
  context.fillStyle = colour;
  context.fill();
  context.globalAlpha = 1;
}

/** What the tape of sessions shows. */
export interface Tape {
  /** By played session: percent, NaN where it has not ended. */
  readonly quality: readonly number[];
  readonly early: readonly boolean[];
  readonly labels: readonly string[];
  /** The session that plays, and how much of it has been played, 0 to 1; -1 before a run. */
  readonly current: number;
  readonly played: number;
  /** The session that is pointed at; -1 for none. */
  readonly aimed: number;
}

/**
 * The looks of sessions that have ended, by quality: from `from` percent on. What a session misses cuts its bar, the more the
 * oftener, so that the steps are told apart without their colours.
 */
export const tapeSteps = [
  { from: 99.95, words: 'whole', tone: 'whole', cuts: 0 },
  { from: 99, words: 'from 99 %', tone: 'good', cuts: 1 },
  { from: 97, words: 'from 97 %', tone: 'fair', cuts: 2 },
  { from: 95, words: 'from 95 %', tone: 'poor', cuts: 3 },
  { from: 0, words: 'under 95 %', tone: 'bad', cuts: 4 },
] as const;

export type TapeTones = Readonly<Record<(typeof tapeSteps)[number]['tone'], string>>;

/**
 * How much of its full height the bar of a session has that misses so much, in percent: by the logarithm, because sessions differ by
 * tenths of a percent as well as by tens.
 */
export function tapeHeight(missing: number): number {
  return Math.max(0.18, 1 - Math.log1p(5 * missing) / Math.log1p(5 * 40));
}

/** Where a bar of that height is cut, a pixel wide, in pixels from its top; a low bar has room for fewer cuts. */
export function tapeCuts(height: number, cuts: number): number[] {
  const room = Math.min(cuts, Math.floor(height / 2) - 1);
  return Array.from({ length: Math.max(0, room) }, (_, cut) => Math.round((height * (cut + 1)) / (room + 1)));
}

/** A bar of a tape: its sessions, from the first to before the next one's. */
export interface TapeBar {
  readonly first: number;
  readonly next: number;
  /** The lowest quality of those that have ended, in percent; NaN where none has. */
  readonly percent: number;
  /** All of them close early. */
  readonly isEarly: boolean;
}

/** The bars of a tape, one a session; where `most` are fewer, as a bar is a pixel wide, sessions share one. */
export function tapeBars({ quality, early }: Pick<Tape, 'quality' | 'early'>, most: number): TapeBar[] {
  const count = Math.min(quality.length, Math.max(1, most));
  const from = (bar: number): number => Math.floor((bar * quality.length) / count);
  return Array.from({ length: count }, (_, bar) => {
    const [first, next] = [from(bar), from(bar + 1)];
    let percent = NaN;
    let isEarly = true;
    for (let k = first; k < next; k++) {
      if (Number.isNaN(percent) || quality[k]! < percent) percent = quality[k]!;
      isEarly &&= early[k]!;
    }
    return { first, next, percent, isEarly };
  });
}

/** Room for half of the playhead at both ends of the tape, in pixels. */
const tapeEdge = 6;

/** The session at a distance from the left end of a tape. */
export function tapePlace(x: number, width: number, count: number): number {
  const place = Math.floor(((x - tapeEdge) / (width - 2 * tapeEdge)) * count);
  return Math.max(0, Math.min(count - 1, place));
}

/** Widths of the labels of tapes, by font and text: measuring them costs more than all the rest of a tape. */
const labelWidths = new Map<string, number>();

function labelWidth(context: CanvasRenderingContext2D, text: string): number {
  const key = `${context.font}/${text}`;
  let width = labelWidths.get(key);
  if (width === undefined) {
    if (labelWidths.size > 1_000) labelWidths.clear();
    labelWidths.set(key, (width = context.measureText(text).width));
  }
  return width;
}

/** Draws the sessions side by side; a label wherever there is room for one. */
export function drawTape(
  canvas: HTMLCanvasElement,
  size: { width: number; height: number },
  { quality, early, labels, current, played, aimed }: Tape,
  colours: TapeTones & { ahead: string; accent: string; text: string; mute: string },
): void {
  const context = sized(canvas, size.width, size.height);
  const count = quality.length;
  if (!context || count === 0) return;
  const edge = tapeEdge;
  const step = (size.width - 2 * edge) / count;
  const bars = tapeBars({ quality, early }, Math.floor(size.width - 2 * edge));
  const barStep = (size.width - 2 * edge) / bars.length;
  const [floor, full] = [size.height - 18, size.height - 32];
  const gap = barStep > 5 ? 2 : barStep > 2.5 ? 1 : 0;
  const wide = Math.max(0.75, Math.min(barStep - gap, barStep));
  context.font = '10px system-ui, "DejaVu Sans", sans-serif';
  let free = 0;
  for (const [bar, { first, next, percent, isEarly }] of bars.entries()) {
    const isIn = (session: number): boolean => session >= first && session < next;
    const x = edge + bar * barStep;
    const high = isEarly ? full * 0.66 : full;
    if (Number.isNaN(percent)) {
      context.fillStyle = colours.ahead;
      context.fillRect(x, floor - high, wide, high);
    } else {
      const { tone, cuts } = tapeSteps.find(({ from }) => percent >= from) ?? tapeSteps.at(-1)!;
      const top = floor - high * tapeHeight(100 - percent);
      context.fillStyle = colours[tone];
      context.fillRect(x, top, wide, floor - top);
      for (const cut of tapeCuts(floor - top, cuts)) context.clearRect(x, top + cut, wide, 1);
    }
    if (isIn(aimed)) {
      context.fillStyle = colours.text;
      context.fillRect(x, floor + 1, Math.max(2, wide), 3);
      context.strokeStyle = colours.text;
      context.strokeRect(x - 0.5, floor - full - 0.5, Math.max(2, wide) + 1, full + 1);
    }
    if (isIn(current) && Number.isNaN(percent)) {
      context.fillStyle = colours.accent;
      context.fillRect(x, floor - high, Math.max(1, wide * played), high);
    }
    if (x >= free) {
      const label = labels[first]!;
      context.fillStyle = colours.mute;
      const textWidth = labelWidth(context, label);
      if (x + textWidth <= size.width) context.fillText(label, x, size.height - 4);
      free = x + Math.max(textWidth + 24, 60);
    }
  }
  if (current < 0) return;
  const x = edge + (current + played) * step;
  context.fillStyle = colours.text;
  context.fillRect(x - 1, 8, 2, floor - 6);
  context.beginPath();
  context.moveTo(x - 6, 2);
  context.lineTo(x + 6, 2);
  context.lineTo(x, 9);
  context.fill();
}
