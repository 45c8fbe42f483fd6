import type { OverlayId } from './overlays/overlays.ts';

/** How a line is drawn: a colour of the page, dashes in pixels (none: unbroken) and the width. Told apart by more than colour. */
export interface TraceLook {
  readonly colour: `trace-${1 | 2 | 3 | 4 | 5 | 6}`;
  readonly dash: readonly number[];
  readonly width: number;
}

/** By overlay, by its lines. */
export const overlayLooks: Readonly<Record<OverlayId, readonly TraceLook[]>> = {
  'sma-short': [{ colour: 'trace-1', dash: [], width: 1.3 }],
  'sma-middle': [{ colour: 'trace-2', dash: [], width: 1.3 }],
  'sma-long': [{ colour: 'trace-3', dash: [], width: 1.8 }],
  ema: [{ colour: 'trace-4', dash: [5, 2], width: 1.3 }],
  vwap: [{ colour: 'trace-5', dash: [1, 2], width: 2.2 }],
  previous: [
    { colour: 'trace-6', dash: [8, 4], width: 1 },
    { colour: 'trace-6', dash: [8, 4], width: 1 },
    { colour: 'trace-6', dash: [2, 4], width: 1 },
  ],
  opening: [
    { colour: 'trace-4', dash: [10, 3, 2, 3], width: 1 },
    { colour: 'trace-4', dash: [10, 3, 2, 3], width: 1 },
  ],
};
