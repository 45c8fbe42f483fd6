import { CustomChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { AxisLabels } from './axis-labels.ts';
import { drawLayer, drawTrace, layers, type Layer, type Pen } from './candle-scene.ts';
import type { Drawing, PaneDrawing } from './drawing.ts';
import { layerStyle, traceStyle, type ChartColours } from './layer-look.ts';
import type { TraceLook } from './overlay-look.ts';
import { overlayValues } from './overlays/overlay-values.ts';
import { margins } from './plots.ts';

echarts.use([CustomChart, GridComponent, CanvasRenderer]);

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

/**
 * ECharts empties its element by writing '' as its HTML, before and after; Trusted Types let no text become HTML, the empty one
 * neither. Any other text is refused.
 */
function emptyWithoutHtml(element: HTMLElement): void {
  Object.defineProperty(element, 'innerHTML', {
    configurable: true,
    set(text: unknown) {
      if (text !== '') throw new TypeError(`The chart's element takes no HTML: ${String(text)}`);
      element.replaceChildren();
    },
  });
}

/**
 * Candles, volume and overlays in an element. ECharts owns the canvas and has a grid a pane, with axes that hold still: it lays them
 * out when panes, sizes or colours change. All that moves is one path a layer and labels of their own, so that a frame costs a few
 * milliseconds however many candles there are.
 */
export class CandleChart {
  /** What is drawn over the candles is computed by code that comes with this. */
  readonly overlayValues = overlayValues;
  readonly #chart: echarts.ECharts;
  readonly #labels: AxisLabels;
  readonly #number = ++charts;
  #panes = 0;
  #revision = 0;
  #laidOut = '';

  constructor(element: HTMLElement) {
    emptyWithoutHtml(element);
    this.#chart = echarts.init(element, null, { renderer: 'canvas' });
    this.#labels = new AxisLabels(this.#chart);
  }

  resize(width: number, height: number): void {
    this.#chart.resize({ width, height });
    this.#laidOut = '';
  }

  draw(drawing: Drawing): void {
    const { panes, colours } = drawing;
    this.#keep(panes);
    this.#labels.draw(drawing);
    const layout = JSON.stringify([panes.map(({ plot, looks }) => [plot, looks]), colours]);
    if (layout === this.#laidOut) return this.#redraw();
    this.#laidOut = layout;
    this.#revision++;
    // In the next frame: what asks for a new layout, like the arrival of a dataset, has enough to do by itself.
    const replaceMerge = ['grid', 'xAxis', 'yAxis', 'series'];
    this.#chart.setOption(this.#option(drawing), { replaceMerge, lazyUpdate: true });
  }

  /** The chart as it stands, in device pixels, on a background. */
  image(background: string): HTMLCanvasElement {
    return this.#chart.renderToCanvas({ pixelRatio: globalThis.devicePixelRatio || 1, backgroundColor: background });
  }

  /** Takes everything off the chart. */
  clear(): void {
    this.#keep([]);
    this.#laidOut = '';
    this.#labels.clear();
    this.#chart.clear();
  }

  dispose(): void {
    this.#keep([]);
    this.#chart.dispose();
  }

  /** The paths anew, in the room that they have. */
  #redraw(): void {
    for (const shape of this.#chart.getZr().storage.getDisplayList())
      if (shape instanceof LayerShape) shape.dirtyShape();
  }

  #option({ panes, colours }: Drawing): echarts.EChartsCoreOption {
    const still = {
      type: 'value',
      min: 0,
      max: 1,
      axisTick: { show: false },
      axisLabel: { show: false },
      splitLine: { show: false },
    };
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
        ...still,
        gridIndex: i,
        axisLine: { show: i < panes.length - 1, onZero: false, lineStyle: { color: colours.edge } },
      })),
      yAxis: panes.map((_, i) => ({ ...still, gridIndex: i, axisLine: { show: false } })),
      series: panes.map(({ looks }, i) => ({
        type: 'custom',
        silent: true,
        clip: true,
        xAxisIndex: i,
        yAxisIndex: i,
        data: [[0, 0]],
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
    const shape = (layer: Layer | number, style: object): object => ({
      type: 'tapedeckLayer',
      shape: { scene: this.#key(pane), layer, revision: this.#revision },
      style,
    });
    return {
      type: 'group',
      children: [
        ...layers.map((layer) => shape(layer, layerStyle(layer, colours))),
        ...looks.map((look, i) => shape(i, traceStyle(look, colours))),
      ],
    };
  }
}
