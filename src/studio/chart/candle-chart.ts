import { CustomChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { drawLayer, drawTrace, layers, plotLevels, type Layer, type Pen, type Scene } from './candle-scene.ts';
import type { TraceLook } from './overlay-look.ts';
import { margins, type Plot } from './plots.ts';
import { level, priceLines, priceOf } from './price-scale.ts';
import type { TimeMark } from './time-marks.ts';
import type { Span } from './viewport.ts';

echarts.use([CustomChart, GridComponent, CanvasRenderer]);

export type ChartColours = Readonly<
  Record<'mute' | 'line' | 'edge' | 'panel' | 'up' | 'down' | 'fill' | 'info' | 'past' | TraceLook['colour'], string>
>;

/** What is drawn of one symbol. */
export interface PaneDrawing {
  readonly plot: Plot;
  readonly scene: Scene;
  /** By trace of the scene. */
  readonly looks: readonly TraceLook[];
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
  type: 'tapedeckLayer',
  // `layer` is one of the scene's, or the number of a trace.
  shape: { scene: '', layer: '' as Layer | number, revision: 0 },
  buildPath: (pen: Pen, { scene, layer }: { scene: string; layer: Layer | number }) => {
    const drawn = scenes.get(scene);
    if (!drawn) return;
    if (typeof layer === 'string') return drawLayer(layer, drawn.scene, drawn.plot, pen);
    const trace = drawn.scene.traces[layer];
    if (trace) drawTrace(trace, drawn.scene, drawn.plot, pen);
  },
});
echarts.graphic.registerShape('tapedeckLayer', LayerShape);

const font = 'system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif';

/**
 * Candles, volume and overlays in an element. ECharts lays out the axes and owns the canvas; the candles are one path a layer,
 * so that a frame costs a few milliseconds however many there are. While axes and labels hold still, the paths alone are made
 * anew.
 */
export class CandleChart {
  readonly #chart: echarts.ECharts;
  readonly #number = ++charts;
  #panes = 0;
  #revision = 0;
  #frame = '';

  constructor(element: HTMLElement) {
    this.#chart = echarts.init(element, null, { renderer: 'canvas' });
  }

  resize(width: number, height: number): void {
    this.#chart.resize({ width, height });
    this.#frame = '';
  }

  draw(drawing: Drawing): void {
    this.#keep(drawing.panes);
    const frame = frameOf(drawing);
    if (frame === this.#frame) return this.#redraw();
    this.#frame = frame;
    this.#revision++;
    this.#chart.setOption(this.#option(drawing), { replaceMerge: ['grid', 'xAxis', 'yAxis', 'series'] });
  }

  /** The chart as it stands, in device pixels, on a background. */
  image(background: string): HTMLCanvasElement {
    return this.#chart.renderToCanvas({ pixelRatio: globalThis.devicePixelRatio || 1, backgroundColor: background });
  }

  /** Takes everything off the chart. */
  clear(): void {
    this.#keep([]);
    this.#frame = '';
    this.#chart.clear();
  }

  dispose(): void {
    this.#keep([]);
    this.#chart.dispose();
  }

  /** The paths anew, on axes that hold still. */
  #redraw(): void {
    for (const shape of this.#chart.getZr().storage.getDisplayList())
      if (shape instanceof LayerShape) shape.dirtyShape();
  }

  #option({ span, marks, panes, colours }: Drawing): echarts.EChartsCoreOption {
    const label = {
      color: colours.mute,
      fontSize: 11,
      fontFamily: font,
      hideOverlap: false,
      showMinLabel: true,
      showMaxLabel: true,
    };
    const texts = new Map(marks.map(({ position, text }) => [position, text]));
    return {
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
        axisLine: { show: i < panes.length - 1, onZero: false, lineStyle: { color: colours.edge } },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: {
          ...label,
          show: i === panes.length - 1,
          align: 'left',
          customValues: marks.map(({ position }) => position),
          formatter: (position: number) => texts.get(position) ?? '',
        },
      })),
      yAxis: panes.map(({ scene: { scale, candles }, labelled, decimals }, i) => ({
        type: 'value',
        gridIndex: i,
        position: 'right',
        ...plotLevels(scale),
        axisLine: { show: false },
        axisTick: { show: false, customValues: priceLines(scale).map((price) => level(scale, price)) },
        splitLine: { show: candles.length > 0, lineStyle: { color: colours.line, opacity: 0.6 } },
        axisLabel: {
          ...label,
          customValues: labelled.map((price) => level(scale, price)),
          formatter: (at: number) => priceOf(scale, at).toFixed(decimals),
        },
      })),
      series: panes.map(({ scene, looks }, i) => ({
        type: 'custom',
        silent: true,
        clip: true,
        xAxisIndex: i,
        yAxisIndex: i,
        data: [[span.from, plotLevels(scene.scale).min]],
        renderItem: () => this.#shapes(i, looks, colours),
      })),
    };
  }

  #keep(panes: readonly PaneDrawing[]): void {
    panes.forEach((pane, i) => scenes.set(this.#key(i), pane));
    for (let i = panes.length; i < this.#panes; i++) scenes.delete(this.#key(i));
    this.#panes = panes.length;
  }

  #key(pane: number): string {
    return `${this.#number}.${pane}`;
  }

  #shapes(pane: number, looks: readonly TraceLook[], colours: ChartColours): object {
    const scene = this.#key(pane);
    const shape = (layer: Layer | number, style: object): object => ({
      type: 'tapedeckLayer',
      shape: { scene, layer, revision: this.#revision },
      style,
    });
    return {
      type: 'group',
      children: [
        ...layers.map((layer) => shape(layer, styleOf(layer, colours))),
        ...looks.map(({ colour, dash, width }, i) =>
          shape(i, stroked(colours[colour], { lineWidth: width, ...(dash.length > 0 && { lineDash: [...dash] }) })),
        ),
      ],
    };
  }
}

/** All that ECharts itself lays out or styles; what is not in it is drawn by the layers. */
function frameOf({ span, marks, panes, colours }: Drawing): string {
  const laidOut = panes.map(({ plot, scene: { scale, candles }, looks, labelled, decimals }) => [
    plot,
    scale,
    candles.length > 0,
    looks,
    labelled,
    decimals,
  ]);
  return JSON.stringify([span, marks, laidOut, colours]);
}

function stroked(stroke: string, more: object = {}): object {
  return { fill: null, stroke, lineWidth: 1, ...more };
}

function solid(colour: string, opacity = 1): object {
  return { fill: colour, stroke: null, opacity };
}

function styleOf(layer: Layer, { up, down, fill, info, past, mute, edge, panel }: ChartColours): object {
  switch (layer) {
    case 'past':
      return solid(past);
    case 'veil':
      return solid(panel, 0.4);
    case 'extended':
      return stroked(mute, { opacity: 0.2 });
    case 'opens':
      return stroked(mute, { lineDash: [3, 4], opacity: 0.7 });
    case 'breaks':
      return stroked(edge, { lineDash: [1, 3], lineWidth: 2 });
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
    case 'laneFill':
      return stroked(fill);
    case 'laneInfo':
      return stroked(info);
    case 'laneIncomplete':
      return stroked(mute);
  }
}
