import type { Scene } from './candle-scene.ts';
import type { ChartColours } from './layer-look.ts';
import type { TraceLook } from './overlay-look.ts';
import type { Plot } from './plots.ts';
import type { TimeMark } from './time-marks.ts';
import type { Span } from './viewport.ts';

/** What is drawn of one symbol. */
export interface PaneDrawing {
  readonly plot: Plot;
  readonly scene: Scene;
  /** By trace of the scene. */
  readonly looks: readonly TraceLook[];
  /** The prices that are written beside the axis, and their decimals. */
  readonly labelled: readonly number[];
  readonly decimals: number;
  /** Those of the last price, which has a tag there. */
  readonly lastDecimals: number;
}

/** What is drawn: panes from top to bottom over one time axis. */
export interface Drawing {
  readonly span: Span;
  readonly marks: readonly TimeMark[];
  readonly panes: readonly PaneDrawing[];
  readonly colours: ChartColours;
}
