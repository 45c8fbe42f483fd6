/** The rectangle of a plot, in pixels of the chart. */
export interface Plot {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Room for the labels of prices and times, and between plots, in pixels. */
export const margins = { right: 62, bottom: 26, top: 6, between: 10 } as const;

/** The plots of charts that are stacked: as wide as each other, as high as each other, from top to bottom. */
export function stackedPlots(width: number, height: number, count: number): Plot[] {
  const room = height - margins.top - margins.bottom - (count - 1) * margins.between;
  const each = Math.max(1, Math.floor(room / count));
  return Array.from({ length: count }, (_, i) => ({
    x: 0,
    y: margins.top + i * (each + margins.between),
    width: Math.max(1, width - margins.right),
    height: each,
  }));
}
