import type { Config } from '../config/schema.ts';
import type { Find } from './find.ts';

/** Warns of outages that stop nothing: of a symbol that is not played, or that end before they begin. */
export function checkOutages({ feed }: Config, symbols: readonly string[], find: Find): void {
  feed.outages.forEach(({ symbol, from, to }, i) => {
    if (symbol !== null && !symbols.includes(symbol))
      find(
        'warning',
        `feed.outages[${i}].symbol`,
        symbol,
        `feed.outages[${i}].symbol was "${symbol}", which is not played, so it stops nothing; null stops every symbol`,
      );
    if (to <= from)
      find(
        'warning',
        `feed.outages[${i}].to`,
        to,
        `feed.outages[${i}].to was ${to}, not after its from ${from}, so the outage stops nothing`,
      );
  });
}
