import { expect, test } from '@playwright/test';
import { isolated, plain } from './hosts.ts';
import { Studio, typeOver } from './studio.ts';

/** Orders by button and by key, their fills, and the same run from the link and after a reload. */
test('a run that is traded by hand is filled, finished, shared, and comes out the same from its link', async ({
  page,
}) => {
  const studio = await new Studio(page).open();
  await studio.configure({
    data: { dataset: 'sample', symbols: ['ALFA'], fillFrom: ['backup'], from: '2024-10-25', to: '2024-10-28' },
    replay: { speed: 'max' },
  });
  await page.getByRole('tab', { name: 'Trading' }).click();
  await studio.button('Trade by hand').click();
  const ticket = page.getByRole('group', { name: 'Order ticket' });
  const views = page.getByRole('group', { name: 'Trading', exact: true });
  await expect(studio.button('▲ Buy')).toBeDisabled();
  await studio.button('Step bar').click();
  await studio.isState('paused');

  await typeOver(page.getByLabel('Order size, units'), '10');
  await studio.button('▲ Buy').click();
  await expect(ticket.getByRole('status').first()).toContainText('Buy 10 ALFA at the market: given');
  await expect(views.getByRole('button', { name: /^Orders/ })).toHaveText('Orders1');
  await studio.button('Step bar').click();
  await expect(views.getByRole('button', { name: /^Positions/ })).toHaveText('Positions1');

  await page.getByLabel('Order type').selectOption('limit');
  await typeOver(page.getByLabel('Order size, units'), '2');
  await typeOver(page.getByLabel('Order price'), '0.5');
  await studio.button('▲ Buy').click();
  await expect(ticket.getByRole('status').first()).toContainText('Buy 2 ALFA at the limit 0.50: given');
  await views.getByRole('button', { name: /^Orders/ }).click();
  await expect(views.getByRole('button', { name: /^Orders/ })).toHaveText('Orders1');
  await page.getByRole('grid', { name: 'Orders that wait' }).getByRole('row').nth(1).click();
  await page.getByRole('button', { name: /^Cancel order \d/ }).click();
  await expect(views.getByRole('button', { name: /^Orders/ })).toHaveText('Orders0');

  await typeOver(page.getByLabel('Order size, units'), '1.5');
  await studio.button('▼ Sell').click();
  await expect(ticket.getByRole('alert')).toContainText('whole units from 1 on');
  // What is no number reads as an empty field, which would be all of the margin.
  await typeOver(page.getByLabel('Order size, units'), '-');
  await studio.button('▼ Sell').click();
  await expect(ticket.getByRole('alert')).toContainText('What is written as Order size is no number');

  await page.getByRole('tab', { name: 'Quality' }).click();
  await page.keyboard.press('Shift+X');
  await expect(page.getByTestId('note')).toContainText('Close ALFA: given');
  await studio.button('Show the ticket').click();
  await expect(page.getByTestId('note')).toBeEmpty();
  await expect(ticket.getByRole('status').first()).toContainText('Close ALFA: given');
  await studio.button('Step bar').click();
  await expect(views.getByRole('button', { name: /^Positions/ })).toHaveText('Positions0');

  // A reload finds the orders and the place.
  await page.reload();
  await studio.isState('paused');
  await expect(views.getByRole('button', { name: /^Trades/ })).toHaveText('Trades1');
  await studio.playToEnd();
  const report = await studio.report();
  expect(report.trades).toHaveLength(1);

  await studio.button('Share').click();
  const link = await page.getByLabel('Link to this set-up').inputValue();
  await page.goto('about:blank');
  await studio.open(link.split('#')[0], `#${link.split('#')[1]}`);
  await studio.playToEnd();
  await expect(page.getByTestId('fingerprint')).toHaveText(report.fingerprint!);
});

/** Without shared memory orders and what became of them are messages; bars come through a port. */
test('without isolation orders by hand are filled as with it, and thousands of them survive a reload', async ({
  page,
}) => {
  const studio = await new Studio(page).open(plain);
  await expect(page.getByTestId('isolation')).toHaveAttribute('data-mode', 'single');
  const data = { dataset: 'sample', symbols: ['ALFA'], from: '2024-10-25', to: '2024-10-25' };
  await studio.configure({ data, replay: { speed: 'max' } });
  await page.getByRole('tab', { name: 'Trading' }).click();
  await studio.button('Trade by hand').click();
  const ticket = page.getByRole('group', { name: 'Order ticket' });
  const positions = page
    .getByRole('group', { name: 'Trading', exact: true })
    .getByRole('button', { name: /^Positions/ });
  await studio.button('Step bar').click();
  await studio.isState('paused');
  await typeOver(page.getByLabel('Order size, units'), '10');
  await studio.button('▲ Buy').click();
  await expect(ticket.getByRole('status').first()).toContainText('Buy 10 ALFA at the market: given');
  await studio.button('Step bar').click();
  await expect(positions).toHaveText('Positions1');
  await typeOver(page.getByLabel('Order size, units'), '1.5');
  await studio.button('▼ Sell').click();
  await expect(ticket.getByRole('alert')).toContainText('whole units from 1 on');
  await page.getByRole('tab', { name: 'Trading' }).focus();
  await page.keyboard.press('Shift+X');
  await expect(ticket.getByRole('status').first()).toContainText('Close ALFA: given');
  await studio.button('Step bar').click();
  await expect(positions).toHaveText('Positions0');
  await studio.playToEnd();
  const { config, trades, fingerprint } = await studio.report();
  expect(trades).toHaveLength(1);
  // The same script on shared memory is the same run.
  await studio.open(isolated);
  await studio.configure({ data, replay: { speed: 'max' }, strategy: config.strategy });
  expect(await studio.playToEnd()).toBe(fingerprint);

  const orders = Array.from({ length: 5_000 }, (_, i) => ({ bar: 1 + Math.floor(i / 8), op: 'buy', size: 1 }));
  const long = { data, replay: { speed: 'max' }, strategy: { name: 'scripted', params: { orders } } };
  await page.getByRole('tab', { name: 'Set-up', exact: true }).click();
  await page
    .getByTestId('set-up-file')
    .setInputFiles({ name: 'long.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(long)) });
  await expect(page.getByText('The set-up has changed since this run began')).toBeVisible();
  const played = await studio.playToEnd();
  expect(played).not.toBe(fingerprint);
  await page.reload();
  await studio.isState('finished');
  await expect(page.getByTestId('fingerprint')).toHaveText(played);
});
