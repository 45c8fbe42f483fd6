/** What is seen with the chart and drawn by others: over its candles, and in a strip under it that says what it shows. */
export interface ChartLayers {
  over?: HTMLCanvasElement | undefined;
  under?: { readonly canvas: HTMLCanvasElement; words(): string; readonly legend: readonly string[] } | undefined;
}
