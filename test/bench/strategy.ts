import type { Visits } from './chromium.ts';
import { expectAnswer, type Measure } from './measure.ts';

/** SMA cross with orders and commission over one symbol, one thread of Chromium, beside grademark, which must come to the same trades. */
export async function benchStrategy({ visit }: Pick<Visits, 'visit'>): Promise<Measure[]> {
  const { bars, own, peer, ownTrades, peerTrades } = await visit((page) => page.evaluate(() => window.bench.loop()));
  if (ownTrades.length === 0) throw new Error('the SMA cross made no trade');
  expectAnswer('trades of grademark', JSON.stringify(peerTrades), JSON.stringify(ownTrades));
  return [
    {
      name: `SMA cross with orders and commission, one symbol, ${bars} bars`,
      value: own / 1e6,
      unit: 'M bars/s',
      limit: { name: 'limit', value: 5 },
      versus: { grademark: peer / 1e6 },
    },
  ];
}
