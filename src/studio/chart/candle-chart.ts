import { CustomChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { drawLayer, layers, plotPrices, type Layer, type Pen, type Plot, type Scene } from './candle-scene.ts';
import { priceLines } from './price-scale.ts';
import type { TimeMark } from './time-marks.ts';

echarts.use([CustomChart, GridComponent, CanvasRenderer]);

/** Room for the labels of prices and times, in pixels. */
export const margins = { right: 62, bottom: 26, top: 6 } as const;

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

export interface Frame {
  readonly scene: Scene;
  readonly marks: readonly TimeMark[];
  /** The prices that are written beside the axis, and how. */
  readonly labelled: readonly number[];
  readonly priceLabel: (price: number) => string;
  readonly colours: ChartColours;
}

/** The scenes of the charts on the page, by number: a shape of ECharts carries plain values only. */
const scenes = new Map<number, { scene: Scene; plot: Plot }>();
let charts = 0;

const LayerShape = echarts.graphic.extendShape({
  shape: { chart: 0, layer: '', revision: 0 },
  buildPath: (pen: Pen, { chart, layer }: { chart: number; layer: string }) => {
    const drawn = scenes.get(chart);
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
  #revision = 0;

  constructor(element: HTMLElement) {
    this.#chart = echarts.init(element, null, { renderer: 'canvas' });
  }

  resize(): void {
    this.#chart.resize();
  }

  draw({ scene, marks, labelled, priceLabel, colours }: Frame): void {
    const texts = new Map(marks.map(({ position, text }) => [position, text]));
    const label = {
      color: colours.mute,
      fontSize: 11,
      fontFamily: 'system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif',
      hideOverlap: false,
    };
    const lines = priceLines(scene.scale);
    const axisPrices = plotPrices(scene.scale);
    this.#revision++;
    this.#chart.setOption({
      animation: false,
      grid: { left: 0, ...margins, outerBoundsMode: 'none' },
      xAxis: {
        type: 'value',
        min: scene.span.from,
        max: scene.span.to,
        axisLine: { show: false },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: {
          ...label,
          align: 'left',
          showMinLabel: true,
          showMaxLabel: true,
          customValues: marks.map(({ position }) => position),
          formatter: (position: number) => texts.get(position) ?? '',
        },
      },
      yAxis: {
        type: 'value',
        position: 'right',
        ...axisPrices,
        axisLine: { show: false },
        axisTick: { show: false, customValues: lines },
        splitLine: { show: scene.candles.length > 0, lineStyle: { color: colours.line, opacity: 0.6 } },
        axisLabel: { ...label, showMinLabel: true, showMaxLabel: true, customValues: labelled, formatter: priceLabel },
      },
      series: [
        {
          type: 'custom',
          silent: true,
          clip: true,
          data: [[scene.span.from, axisPrices.min]],
          renderItem: (params: { coordSys: unknown }) => this.#render(scene, params.coordSys as Plot, colours),
        },
      ],
    });
  }

  /** Takes everything off the chart. */
  clear(): void {
    scenes.delete(this.#number);
    this.#chart.clear();
  }

  dispose(): void {
    scenes.delete(this.#number);
    this.#chart.dispose();
  }

  #render(scene: Scene, { x, y, width, height }: Plot, colours: ChartColours): object {
    scenes.set(this.#number, { scene, plot: { x, y, width, height } });
    return {
      type: 'group',
      children: layers.map((layer) => ({
        type: 'tapedeckLayer',
        shape: { chart: this.#number, layer, revision: this.#revision },
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
