import { exponentialAverage } from './exponential-average.ts';
import { openingRange } from './opening-range.ts';
import type { OverlayResult, OverlaySource } from './overlay.ts';
import type { OverlayId } from './overlays.ts';
import { previousSession } from './previous-session.ts';
import { sessionVwap } from './session-vwap.ts';
import { simpleAverage } from './simple-average.ts';

/** How the values of each overlay come about. */
export const overlayValues: Readonly<Record<OverlayId, (source: OverlaySource) => OverlayResult>> = {
  'sma-short': simpleAverage,
  'sma-middle': simpleAverage,
  'sma-long': simpleAverage,
  ema: exponentialAverage,
  vwap: sessionVwap,
  previous: previousSession,
  opening: openingRange,
};
