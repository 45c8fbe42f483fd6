import { expect, test } from '@playwright/test';
import { isolated } from './hosts.ts';
import { isSound } from './sound.ts';
import { Studio } from './studio.ts';

test('the documentation opens by a key, is searched and leads to its places', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await new Studio(page).open();
  await page.keyboard.press('h');
  const dialog = page.getByRole('dialog', { name: 'Documentation' });
  await expect(dialog).toBeVisible();
  await isSound(page, 'documentation');
  const search = dialog.getByLabel('Search the documentation');
  await expect(search).toBeFocused();
  await page.keyboard.type('given up');
  await expect(dialog.getByRole('heading', { level: 5 })).toHaveText(['upkeep.maxRetries']);
  await search.fill('');
  await dialog.getByRole('navigation').getByRole('link', { name: 'Quality', exact: true }).click();
  await expect(dialog.getByRole('heading', { name: 'Quality', exact: true })).toBeInViewport();
  await dialog.getByRole('link', { name: 'upkeep.carryLastPrice' }).click();
  await expect(dialog.locator('[id="docs-upkeep.carryLastPrice"]')).toBeFocused();
  await expect(dialog.locator('[id="docs-upkeep.carryLastPrice"]')).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('an address leads to a place of it, beside a set-up', async ({ page }) => {
  await page.goto(`${isolated}?docs=session.custom#config={"replay":{"speed":600}}`);
  const dialog = page.getByRole('dialog', { name: 'Documentation' });
  await expect(dialog.locator('[id="docs-session.custom"]')).toBeInViewport();
  await expect(page).toHaveURL(/\/#config=/);
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel('Speed', { exact: true })).toHaveValue('600');
  await expect(page.getByRole('button', { name: 'Share', exact: true })).toBeVisible();
  await page.goto(`${isolated}?docs=nope`);
  // Each button that copies has a status of its own, further down.
  const status = dialog.getByRole('status').first();
  await expect(status).toHaveText('There is no place “nope” here: this is the beginning.');
  await dialog.getByLabel('Search the documentation').fill('given up');
  await expect(status).toHaveText('1 place');
});
