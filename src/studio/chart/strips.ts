import { Provenance } from '../../bars/provenance.ts';
import type { Picture } from '../../memory/picture.ts';

/** Colours of the strips, as CSS values. */
export interface StripColours {
  readonly streamed: string;
  readonly filled: string;
  readonly missing: string;
  readonly ahead: string;
}

type SlotKind = 'streamed' | 'filled' | 'missing';

/** A 2d context for an element of that size in CSS pixels; undefined where there is no room. */
export function sized(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | undefined {
  const ratio = globalThis.devicePixelRatio || 1;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (wide === 0 || high === 0) return undefined;
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/**
 * The base slots of a session for one symbol, left to right: streamed at full height, filled lower and with a line on top,
 * missing as a stub at the bottom, what is ahead faint.
 */
export function drawStrip(
  canvas: HTMLCanvasElement,
  size: { width: number; height: number },
  picture: Picture,
  symbol: number,
  symbols: number,
  slots: number,
  colours: StripColours,
): void {
  const { width, height } = size;
  const context = sized(canvas, width, height);
  if (!context) return;
  const perSlot = width / slots;
  context.fillStyle = colours.ahead;
  context.fillRect(picture.slots * perSlot, 0, width - picture.slots * perSlot, height);
  // What is not as it should be lies on top and is two pixels wide at least, however many slots share a pixel.
  for (const kind of ['streamed', 'filled', 'missing'] as const) drawRuns(kind);

  function drawRuns(kind: SlotKind): void {
    for (let from = 0; from < picture.slots; from++) {
      if (kindAt(from) !== kind) continue;
      let to = from + 1;
      while (to < picture.slots && kindAt(to) === kind) to++;
      drawRun(kind, from * perSlot, Math.max(kind === 'streamed' ? 1 : 2, (to - from) * perSlot));
      from = to;
    }
  }

  function drawRun(kind: SlotKind, x: number, wide: number): void {
    if (!context) return;
    context.fillStyle = colours[kind];
    context.clearRect(x, 0, wide, height);
    if (kind === 'streamed') {
      context.fillRect(x, 0, wide, height);
    } else if (kind === 'filled') {
      context.fillRect(x, 0, wide, 2);
      context.fillRect(x, height * 0.35, wide, height * 0.65);
    } else {
      context.fillRect(x, height * 0.6, wide, height * 0.4);
    }
  }

  /** A bar that is longer than a slot shows over all of its slots once it has ended. */
  function kindAt(slot: number): SlotKind | undefined {
    let at = slot;
    while (at < picture.slots && picture.states[at * symbols + symbol] === Provenance.notExpected) at++;
    if (at === picture.slots) return undefined;
    const state = picture.states[at * symbols + symbol]!;
    if (state === Provenance.empty) return 'missing';
    return state === Provenance.filled || state === Provenance.madeUp ? 'filled' : 'streamed';
  }
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

/** Room for half of the playhead at both ends of the tape, in pixels. */
const tapeEdge = 6;

/** The session at a distance from the left end of a tape. */
export function tapePlace(x: number, width: number, count: number): number {
  const place = Math.floor(((x - tapeEdge) / (width - 2 * tapeEdge)) * count);
  return Math.max(0, Math.min(count - 1, place));
}

/** Draws the sessions side by side; a label wherever there is room for one. */
export function drawTape(
  canvas: HTMLCanvasElement,
  size: { width: number; height: number },
  { quality, early, labels, current, played, aimed }: Tape,
  colours: StripColours & { accent: string; text: string; mute: string; line: string },
): void {
  const context = sized(canvas, size.width, size.height);
  const count = quality.length;
  if (!context || count === 0) return;
  const edge = tapeEdge;
  const step = (size.width - 2 * edge) / count;
  const [floor, full] = [size.height - 18, size.height - 32];
  const gap = step > 5 ? 2 : step > 2.5 ? 1 : 0;
  context.font = '10px system-ui, "DejaVu Sans", sans-serif';
  let free = 0;
  for (let k = 0; k < count; k++) {
    const x = edge + k * step;
    const wide = Math.max(0.75, Math.min(step - gap, step));
    const high = early[k] ? full * 0.66 : full;
    const percent = quality[k]!;
    if (Number.isNaN(percent)) {
      context.globalAlpha = 1;
      context.fillStyle = colours.ahead;
      context.fillRect(x, floor - high, wide, high);
    } else {
      const flawed = percent < 99.95;
      context.globalAlpha = 0.6;
      context.fillStyle = percent < 95 ? colours.missing : flawed ? colours.filled : colours.streamed;
      const share = Math.max(0.18, 1 - (100 - percent) / 40);
      context.fillRect(x, floor - high * share, wide, high * share);
    }
    context.globalAlpha = 1;
    if (k === aimed) {
      context.fillStyle = colours.text;
      context.fillRect(x, floor + 1, Math.max(2, wide), 2);
    }
    if (k === current && Number.isNaN(percent)) {
      context.fillStyle = colours.accent;
      context.fillRect(x, floor - high, Math.max(1, wide * played), high);
    }
    if (x >= free) {
      context.fillStyle = colours.mute;
      const textWidth = context.measureText(labels[k]!).width;
      if (x + textWidth <= size.width) context.fillText(labels[k]!, x, size.height - 4);
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
