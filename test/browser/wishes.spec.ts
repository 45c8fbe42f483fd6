import { expect, test } from '@playwright/test';
import { barsCsv } from '../support/bars-csv.ts';
import { randomWalk } from '../support/synthetic.ts';
import { Studio } from './studio.ts';

// What a driven Firefox is told by emulateMedia does not reach its pages; its preferences do.
const firefoxUserPrefs = { 'browser.display.document_color_use': 2, 'ui.prefersReducedMotion': 1 };
test.use({
  launchOptions: [
    async ({ launchOptions }, use): Promise<void> => use({ ...launchOptions, firefoxUserPrefs }),
    { scope: 'worker' },
  ],
});

test('with less motion nothing is animated; with forced colours what is chosen is outlined', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'active' });
  const studio = await new Studio(page).open();
  for (const wish of ['(prefers-reduced-motion: reduce)', '(forced-colors: active)'])
    expect(await page.evaluate((query) => matchMedia(query).matches, wish), wish).toBe(true);
  await studio.import({ name: 'ALFA.csv', text: barsCsv(randomWalk('2024-03-06', '2024-03-07', 7)) });
  await studio.play();
  await studio.isState('playing');
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  await expect(page.getByRole('tab', { name: 'Library' })).toHaveCSS('outline-style', 'solid');
});
