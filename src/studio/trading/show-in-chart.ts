import type { Studio } from '../studio.svelte.ts';

/** Brings a time of a symbol into the chart, epoch milliseconds; a symbol that is charted already stays where it is. */
export function showInChart(studio: Studio, symbol: number, at: number): void {
  const { deck, chart } = studio;
  studio.show('chart');
  if (!deck.symbols.includes(symbol)) deck.chart(symbol, deck.interval);
  const place = chart.axis?.at(chart.axis.positionAt(at));
  if (place) chart.lookAt(place);
}
