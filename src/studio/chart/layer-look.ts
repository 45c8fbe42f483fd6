import type { Layer } from './candle-scene.ts';
import type { TraceLook } from './overlay-look.ts';

/** Colours of the page, as a canvas needs them. */
export type ChartColours = Readonly<
  Record<
    | ('accent' | 'on-accent' | 'mute' | 'line' | 'edge' | 'panel' | 'up' | 'down' | 'fill' | 'info' | 'past')
    | TraceLook['colour'],
    string
  >
>;

/** The style of a path of ECharts that draws a trace. */
export function traceStyle({ colour, dash, width }: TraceLook, colours: ChartColours): object {
  return stroked(colours[colour], { lineWidth: width, ...(dash.length > 0 && { lineDash: [...dash] }) });
}

/** The style of a path of ECharts that draws a layer. */
export function layerStyle(
  layer: Layer,
  { accent, up, down, fill, info, past, mute, line, edge, panel }: ChartColours,
): object {
  switch (layer) {
    case 'prices':
      return stroked(line, { opacity: 0.6 });
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
    case 'last':
      return stroked(accent, { lineDash: [1, 1], opacity: 0.7 });
    case 'laneFill':
      return stroked(fill);
    case 'laneInfo':
      return stroked(info);
    case 'laneIncomplete':
      return stroked(mute);
  }
}

function stroked(stroke: string, more: object = {}): object {
  return { fill: null, stroke, lineWidth: 1, ...more };
}

function solid(colour: string, opacity = 1): object {
  return { fill: colour, stroke: null, opacity };
}
