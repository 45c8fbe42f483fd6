import type { Visits } from './chromium.ts';
import { studioPath } from './chromium.ts';
import { median, type Measure } from './measure.ts';

const loads = 5;

/** From an empty cache: until the studio's controls are painted and its main thread is free to answer them. */
export async function firstLoad({ visit }: Visits): Promise<Measure[]> {
  const times = await visit(async (page) => {
    const studio = new URL(studioPath, page.url()).href;
    const client = await page.context().newCDPSession(page);
    await page.addInitScript(() => {
      const seen = new MutationObserver(() => {
        if (!document.querySelector('[data-testid=run-state]:is([data-state=idle], [data-state=ready])')) return;
        seen.disconnect();
        requestAnimationFrame(() => setTimeout(() => performance.mark('interactive')));
      });
      seen.observe(document, { subtree: true, childList: true, attributes: true });
    });
    const all: number[] = [];
    for (let n = 0; n < loads; n++) {
      await client.send('Network.clearBrowserCache');
      await page.goto(studio);
      const mark = await page.waitForFunction(() => performance.getEntriesByName('interactive')[0]?.startTime);
      all.push((await mark.jsonValue())!);
    }
    return all;
  });
  return [{ name: 'first load interactive', value: median(times), unit: 'ms', limit: { name: 'limit', value: 1_000 } }];
}
