import type { Config } from '../config/schema.ts';
import type { Session } from '../time/session.ts';
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

/** Warns of outages that stop nothing because no session is open in them; a bar that ends at a close is of that session. */
export function checkOutageTimes({ feed }: Config, sessions: readonly Session[], find: Find): void {
  feed.outages.forEach(({ from, to }, i) => {
    const [begin, end] = [Date.parse(from), Date.parse(to)];
    if (begin < end && sessions.every(({ open, close }) => end <= open || begin > close))
      find(
        'warning',
        `feed.outages[${i}].from`,
        from,
        `feed.outages[${i}] is from ${from} to ${to}, in which no session of the run is open, so it stops nothing`,
      );
  });
}
