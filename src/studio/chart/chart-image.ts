import type { RunPlan } from '../../session/plan.ts';
import { dateLabel, minuteLabel, placeZoneLabel } from '../labels.ts';
import { day } from '../../time/instant.ts';
import type { CandleChart } from './candle-chart.ts';
import type { ChartLayers } from './chart-layers.ts';
import type { Chart } from './chart.svelte.ts';
import type { ChartColours } from './layer-look.ts';
import { overlayLooks } from './overlay-look.ts';
import { margins } from './plots.ts';

/** Height of the line above the chart that says what it shows, in pixels of the page. */
const headPixels = 40;

const family = 'system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

/** Space beside words. */
const beside = 14;

type ImageColours = ChartColours & Readonly<Record<'text', string>>;

/** What the chart shows, in words: symbols and interval, and from when to when in which zone. */
export function imageWords(chart: Chart, plan: RunPlan, intervalText: string): { what: string; when: string } {
  const what = `${chart.panes.map(({ name }) => name).join(', ')} · ${intervalText}`;
  const candles = chart.panes.flatMap((pane) => pane.candles);
  const { axis } = chart;
  if (!axis || candles.length === 0) return { what, when: '' };
  const from = axis.timeAt(Math.min(...candles.map(({ position }) => position)));
  const lastSlot = Math.max(...candles.map(({ position, width }) => position + width)) - 1;
  const to = axis.end(axis.at(lastSlot)!);
  const moment = (at: number): string =>
    axis.intervalMs >= day ? dateLabel(at, plan.zone) : `${dateLabel(at, plan.zone)} ${minuteLabel(at, plan.zone)}`;
  return { what, when: `${moment(from)} to ${moment(to)}, ${placeZoneLabel(from, plan.zone)}` };
}

/**
 * The chart as a picture, in device pixels, with what it shows written above, and with trades and equity where it has them, in the
 * page's colours.
 */
export function chartImage(
  chart: Chart,
  canvas: CandleChart,
  words: { what: string; when: string },
  colours: ImageColours,
): HTMLCanvasElement {
  const { over, under } = chart.layers;
  const drawn = canvas.image(colours.panel);
  const ratio = globalThis.devicePixelRatio || 1;
  const image = document.createElement('canvas');
  image.width = drawn.width;
  const head = Math.round(headPixels * ratio);
  image.height = head + drawn.height + (under?.canvas.height ?? 0);
  const context = image.getContext('2d');
  if (!context) throw new Error('The browser gives no canvas to draw on');
  context.fillStyle = colours.panel;
  context.fillRect(0, 0, image.width, image.height);
  context.drawImage(drawn, 0, head);
  if (over) context.drawImage(over, 0, head);
  if (under) context.drawImage(under.canvas, 0, head + drawn.height);
  context.scale(ratio, ratio);
  context.textBaseline = 'middle';
  context.font = `600 14px ${family}`;
  context.fillStyle = colours.text;
  context.fillText(words.what, 12, headPixels / 2);
  const used = 12 + context.measureText(words.what).width;
  context.font = `12px ${family}`;
  context.fillStyle = colours.mute;
  context.fillText(words.when, used + beside, headPixels / 2);
  context.textAlign = 'right';
  context.fillText('Tapedeck', image.width / ratio - 12, headPixels / 2);
  context.textAlign = 'left';
  for (const pane of chart.panes) captionPane(context, pane, chart.panes.length > 1, colours);
  if (under) captionStrip(context, under, image.width / ratio, headPixels + drawn.height / ratio, colours);
  return image;
}

/** A line between the chart and the strip, the words of the strip, and its legend where that has room beside them. */
function captionStrip(
  context: CanvasRenderingContext2D,
  { words, legend }: NonNullable<ChartLayers['under']>,
  width: number,
  y: number,
  colours: ImageColours,
): void {
  context.fillStyle = colours.edge;
  context.fillRect(0, y, width, 1);
  context.fillStyle = colours.text;
  context.fillText(words(), 12, y + 10);
  const text = legend.join('   ');
  const from = width - margins.right - context.measureText(text).width;
  if (from < 12 + context.measureText(words()).width + beside) return;
  context.fillStyle = colours.mute;
  context.fillText(text, from, y + 10);
}

/** The names of what lies over the candles, each in its colour. */
function captionPane(
  context: CanvasRenderingContext2D,
  { plot, name, overlays }: Chart['panes'][number],
  isNamed: boolean,
  colours: ImageColours,
): void {
  let x = 12;
  const y = headPixels + plot.y + 10;
  const write = (text: string, colour: string): void => {
    context.fillStyle = colour;
    context.fillText(text, x, y);
    x += context.measureText(text).width + beside;
  };
  if (isNamed) write(name, colours.text);
  for (const { overlay, length } of overlays)
    write(overlay.short(length), colours[overlayLooks[overlay.id][0]!.colour]);
}
