import * as echarts from 'echarts/core';
import { priceY, timeX } from './places.ts';
import type { Drawing, PaneDrawing } from './drawing.ts';
import type { ChartColours } from './layer-look.ts';
import { margins } from './plots.ts';

const font = '11px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

/** Pixels between a plot and its labels. */
const apart = 8;
const tagHeight = 18;

/**
 * The labels of prices and times on the canvas of a chart, and the tags of last prices. ECharts lays axes out anew whenever one of
 * their labels changes, so these are elements of their own, of which only what changes is touched.
 */
export class AxisLabels {
  readonly #canvas: ReturnType<echarts.ECharts['getZr']>;
  readonly #labels: echarts.graphic.Text[] = [];
  readonly #tags: echarts.graphic.Text[] = [];

  constructor(chart: echarts.ECharts) {
    this.#canvas = chart.getZr();
  }

  draw({ span, marks, panes, colours }: Drawing): void {
    let used = 0;
    const label = (text: string, x: number, y: number, verticalAlign: 'top' | 'middle'): void =>
      this.#put(this.#labels, used++, x, y, { text, fill: colours.mute, verticalAlign });
    for (const { plot, scene, labelled, decimals } of panes)
      for (const price of labelled)
        label(price.toFixed(decimals), plot.x + plot.width + apart, priceY(plot, scene.scale, price), 'middle');
    const plot = panes.at(-1)?.plot;
    for (const { position, text } of plot ? marks : [])
      label(text, timeX(plot!, span, position), plot!.y + plot!.height + apart, 'top');
    hide(this.#labels.slice(used));
    this.#drawTags(panes, colours);
  }

  clear(): void {
    hide(this.#labels);
    hide(this.#tags);
  }

  #drawTags(panes: readonly PaneDrawing[], colours: ChartColours): void {
    let used = 0;
    for (const { plot, scene, lastDecimals } of panes)
      if (scene.last !== undefined)
        this.#put(this.#tags, used++, plot.x + plot.width, priceY(plot, scene.scale, scene.last), {
          text: scene.last.toFixed(lastDecimals),
          fill: colours['on-accent'],
          backgroundColor: colours.accent,
          verticalAlign: 'middle',
          width: margins.right - apart,
          lineHeight: tagHeight,
          padding: [0, 0, 0, apart],
        });
    hide(this.#tags.slice(used));
  }

  #put(texts: echarts.graphic.Text[], place: number, x: number, y: number, style: echarts.graphic.Text['style']): void {
    const text = (texts[place] ??= this.#added());
    text.attr({ ignore: false, x, y });
    const { text: words, fill, verticalAlign } = text.style;
    if (words !== style.text || fill !== style.fill || verticalAlign !== style.verticalAlign) text.setStyle(style);
  }

  #added(): echarts.graphic.Text {
    const text = new echarts.graphic.Text({ silent: true, style: { font } });
    this.#canvas.add(text);
    return text;
  }
}

function hide(texts: readonly echarts.graphic.Text[]): void {
  for (const text of texts) text.attr({ ignore: true });
}
