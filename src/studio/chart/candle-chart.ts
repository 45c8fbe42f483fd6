import { CustomChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { drawLayer, layers, plotPrices, type Layer, type Pen, type Scene } from './candle-scene.ts';
import { margins, type Plot } from './plots.ts';
import { priceLines } from './price-scale.ts';
import type { TimeMark } from './time-marks.ts';
import type { Span } from './viewport.ts';

echarts.use([CustomChart, GridComponent, CanvasRenderer]);

export interface ChartColours {
  readonly mute: string;
  readonly line: string;
  readonly panel: string;
  readonly up: string;
  readonly down: string;
  readonly fill: string;
  readonly info: string;
  readonly past: string;
}

/** What is drawn of one symbol. */
export interface PaneDrawing {
  readonly plot: Plot;
  readonly scene: Scene;
  /** The prices that are written beside the axis, and their decimals. */
  readonly labelled: readonly number[];
  readonly decimals: number;
}

/** What is drawn: panes from top to bottom over one time axis. */
export interface Drawing {
  readonly span: Span;
  readonly marks: readonly TimeMark[];
  readonly panes: readonly PaneDrawing[];
  readonly colours: ChartColours;
}

/** The scenes of the charts on the page, by their keys: a shape of ECharts carries plain values only. */
const scenes = new Map<string, PaneDrawing>();
let charts = 0;

const LayerShape = echarts.graphic.extendShape({
  shape: { scene: '', layer: '', revision: 0 },
  buildPath: (pen: Pen, { scene, layer }: { scene: string; layer: string }) => {
    const drawn = scenes.get(scene);
    if (drawn) drawLayer(layer as Layer, drawn.scene, drawn.plot, pen);
  },
});
echarts.graphic.registerShape('tapedeckLayer', LayerShape);

/**
 * Candles and volume in an element. ECharts lays out the axes and owns the canvas; the candles are one path a layer, so that a
 * frame costs a few milliseconds however many there are.
 */
export class CandleChart {
  readonly #chart: echarts.ECharts;
  readonly #number = ++charts;
  #panes = 0;
  #revision = 0;

  constructor(element: HTMLElement) {
    this.#chart = echarts.init(element, null, { renderer: 'canvas' });
  }

  resize(): void {
    this.#chart.resize();
  }

  draw({ span, marks, panes, colours }: Drawing): void {
    this.#keep(panes);
    const label = {
      color: colours.mute,
      fontSize: 11,
      fontFamily: 'system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif',
      hideOverlap: false,
      showMinLabel: true,
      showMaxLabel: true,
    };
    const bare = { axisLine: { show: false }, axisTick: { show: false } };
    const texts = new Map(marks.map(({ position, text }) => [position, text]));
    const positions = marks.map(({ position }) => position);
    const wording = (position: number): string => texts.get(position) ?? '';
    this.#revision++;
    this.#chart.setOption(
      {
        animation: false,
        grid: panes.map(({ plot }) => ({
          left: plot.x,
          top: plot.y,
          right: margins.right,
          height: plot.height,
          outerBoundsMode: 'none',
        })),
        xAxis: panes.map((_, i) => ({
          type: 'value',
          gridIndex: i,
          min: span.from,
          max: span.to,
          ...bare,
          splitLine: { show: false },
          axisLabel:
            i < panes.length - 1
              ? { show: false }
              : { ...label, align: 'left', customValues: positions, formatter: wording },
        })),
        yAxis: panes.map(({ scene, labelled, decimals }, i) => ({
          type: 'value',
          gridIndex: i,
          position: 'right',
          ...plotPrices(scene.scale),
          axisLine: { show: false },
          axisTick: { show: false, customValues: priceLines(scene.scale) },
          splitLine: { show: scene.candles.length > 0, lineStyle: { color: colours.line, opacity: 0.6 } },
          axisLabel: { ...label, customValues: labelled, formatter: (price: number) => price.toFixed(decimals) },
        })),
        series: panes.map(({ scene }, i) => ({
          type: 'custom',
          silent: true,
          clip: true,
          xAxisIndex: i,
          yAxisIndex: i,
          data: [[span.from, plotPrices(scene.scale).min]],
          renderItem: () => this.#render(i, colours),
        })),
      },
      { replaceMerge: ['grid', 'xAxis', 'yAxis', 'series'] },
    );
  }

  /** Takes everything off the chart. */
  clear(): void {
    this.#keep([]);
    this.#chart.clear();
  }

  dispose(): void {
    this.#keep([]);
    this.#chart.dispose();
  }

  #keep(panes: readonly PaneDrawing[]): void {
    panes.forEach((pane, i) => scenes.set(this.#key(i), pane));
    for (let i = panes.length; i < this.#panes; i++) scenes.delete(this.#key(i));
    this.#panes = panes.length;
  }

  #key(pane: number): string {
    return `${this.#number}.${pane}`;
  }

  #render(pane: number, colours: ChartColours): object {
    return {
      type: 'group',
      children: layers.map((layer) => ({
        type: 'tapedeckLayer',
        shape: { scene: this.#key(pane), layer, revision: this.#revision },
        style: styleOf(layer, colours),
      })),
    };
  }
}

function styleOf(layer: Layer, { up, down, fill, info, past, mute, panel }: ChartColours): object {
  const stroked = (stroke: string, more: object = {}): object => ({ fill: null, stroke, lineWidth: 1, ...more });
  const solid = (colour: string, opacity = 1): object => ({ fill: colour, stroke: null, opacity });
  switch (layer) {
    case 'past':
      return solid(past);
    case 'veil':
      return solid(panel, 0.4);
    case 'opens':
      return stroked(mute, { lineDash: [3, 4], opacity: 0.7 });
    case 'volumeUp':
      return solid(up, 0.45);
    case 'volumeDown':
      return solid(down, 0.45);
    case 'volumeFilled':
      return solid(fill, 0.45);
    case 'wicksUp':
    case 'outlinesUp':
      return stroked(up);
    case 'wicksDown':
    case 'outlinesDown':
      return stroked(down);
    case 'wicksFilled':
      return stroked(fill);
    case 'bodiesUp':
      return solid(up);
    case 'bodiesDown':
      return solid(down);
    case 'dashed':
      return stroked(fill, { lineDash: [2, 2], lineWidth: 1.2 });
    case 'dotted':
      return stroked(fill, { lineDash: [1, 2] });
    case 'repaired':
      return stroked(info, { lineWidth: 1.3 });
    case 'late':
      return solid(info);
  }
}
