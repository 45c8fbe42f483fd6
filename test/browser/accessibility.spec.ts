import { expect, test, type Page } from '@playwright/test';
import { isSound } from './sound.ts';
import { Studio, type TextFile } from './studio.ts';

/** Two symbols over two sessions of New York, each with a missing minute. */
function market(): TextFile {
  const lines = ['time,symbol,open,high,low,close,volume'];
  for (const day of [25, 26])
    for (let minute = 0; minute < 390; minute++) {
      const time = new Date(Date.UTC(2024, 10, day, 14, 30 + minute)).toISOString();
      for (const symbol of ['ALFA', 'BRAV'])
        if (minute !== (symbol === 'ALFA' ? 7 : 30)) lines.push(`${time},${symbol},100,101,99,100.5,${minute}`);
    }
  return { name: 'two.csv', text: lines.join('\n') };
}

/** What has the focus, by its name. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    return at === null || at === document.body ? 'nothing' : (at.getAttribute('aria-label') ?? at.textContent).trim();
  });
}

/**
 * Presses Tab until the control of that name has the focus; back for one that lies before: beyond the last control a page has lost
 * the focus to the browser's own, and what a driven Firefox does there no user sees.
 */
async function tabTo(page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let n = 0; n < 60; n++) {
    const now = await focused(page);
    if (typeof name === 'string' ? now === name : name.test(now)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${String(name)}`);
}

/** A service worker whose new version waits. */
async function withNews(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const registration = Object.assign(new EventTarget(), {
      waiting: {},
      active: {},
      installing: null,
      update: () => Promise.resolve(),
    });
    const container = Object.assign(new EventTarget(), {
      controller: null,
      ready: Promise.resolve(registration),
      register: () => Promise.resolve(registration),
    });
    Object.defineProperty(navigator, 'serviceWorker', { value: container });
  });
}

test.describe('axe finds nothing', () => {
  test.slow();
  test.beforeEach(({ page }) => page.emulateMedia({ reducedMotion: 'reduce' }));

  test('before a run', async ({ page }) => {
    const studio = await new Studio(page).open();
    await isSound(page, 'empty');
    await withNews(page);
    await studio.open();
    await expect(page.getByText('A new version is ready.')).toBeVisible();
    await isSound(page, 'update');
    await studio.button('Later').click();
    await studio.choose(market());
    await expect(page.getByRole('dialog')).toBeVisible();
    await isSound(page, 'import preview');
    await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByTestId('import-summary').waitFor();
    await isSound(page, 'imported');
    await studio.button('Dismiss the summary').click();
    await page.getByRole('tab', { name: 'Set-up' }).click();
    await expect(page.locator('summary').first()).toBeVisible();
    const groups = page.locator('details:not([open]) > summary');
    while ((await groups.count()) > 0) await groups.first().click();
    await studio.isState('ready');
    await isSound(page, 'ready, set-up');
    await studio.configure({ data: { dataset: 'sample', fillFrom: ['backup'] } });
    await page.getByRole('tab', { name: 'Library' }).click();
    await expect(page.getByText('Synthetic bars')).toBeVisible();
    await isSound(page, 'the sample beside own bars');
  });

  test('in a run and its dialogs', async ({ page }) => {
    const studio = await new Studio(page).open();
    await studio.import(market());
    await studio.speed('60×');
    await studio.play();
    await studio.isState('playing');
    await isSound(page, 'playing');
    await studio.button('Pause').click();
    await studio.isState('paused');
    await isSound(page, 'paused');
    // A pointer that rests on a control has its tooltip when the page is uncovered.
    await page.mouse.move(0, 0);
    for (const [open, role] of [
      ['Go to', 'dialog'],
      ['Compare runs', 'dialog'],
      ['Keys', 'dialog'],
      ['Delete two', 'alertdialog'],
      ['Stack symbols', 'dialog'],
      ['Overlays', 'dialog'],
      ['Jump to date', 'dialog'],
      ['More', 'menu'],
    ] as const) {
      await studio.button(open).focus();
      await page.keyboard.press('Enter');
      await expect(page.getByRole(role)).toBeVisible();
      await isSound(page, open);
      await page.keyboard.press('Escape');
      await expect(page.getByRole(role)).toHaveCount(0);
      await expect.poll(() => focused(page), open).toContain(open);
      await expect(page.locator('.tip')).toHaveCount(0);
    }
  });

  test('at the end of a run', async ({ page }) => {
    const studio = await new Studio(page).open();
    await studio.import(market());
    await studio.speed('max');
    await studio.playToEnd();
    await isSound(page, 'finished');
    await page.getByRole('button', { name: /^Strip of ALFA/ }).focus();
    await page.keyboard.press('Home');
    await expect(page.getByTestId('gap-card')).toBeVisible();
    await isSound(page, 'the card of a gap');
    for (const name of ['Gaps', 'Sessions']) {
      await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
      await expect(page.getByRole('grid', { name: new RegExp(`^${name}`) })).toBeVisible();
      await isSound(page, name);
    }
    await studio.button('Share').click();
    await page.getByTestId('shared-link').waitFor();
    await isSound(page, 'shared');
    await page.evaluate(() => (location.hash = 'config={"no":1}'));
    await page.getByTestId('error').waitFor();
    await isSound(page, 'error');
  });

  test('with many symbols, and in a run that failed', async ({ page }) => {
    const studio = await new Studio(page).open();
    const names = Array.from({ length: 12 }, (_, i) => `SYM${String.fromCharCode(65 + i)}`);
    const lines = names.flatMap((name) =>
      Array.from({ length: 5 }, (_, minute) => `2024-11-25T14:3${minute}:00Z,${name},100,101,99,100.5,7`),
    );
    await studio.import({ name: 'many.csv', text: ['time,symbol,open,high,low,close,volume', ...lines].join('\n') });
    await studio.button('Step bar').click();
    await studio.isState('paused');
    await page.getByRole('combobox', { name: 'Symbol', exact: true }).click();
    await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(12);
    await isSound(page, 'choosing a symbol');
    await page.keyboard.press('Escape');
    await studio.button('Stop').click();
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('tapedeck');
          opening.onerror = () => reject(new Error('the library does not open'));
          opening.onsuccess = () => {
            const tx = opening.result.transaction(['datasets', 'chunks'], 'readwrite');
            tx.objectStore('datasets').clear();
            tx.objectStore('chunks').clear();
            tx.oncomplete = () => {
              opening.result.close();
              resolve();
            };
          };
        }),
    );
    await studio.play();
    await studio.isState('failed');
    await isSound(page, 'failed');
  });

  test('narrow and wide', async ({ page }) => {
    const studio = await new Studio(page).open();
    await studio.import(market());
    await studio.button('Step session').click();
    await studio.isState('paused');
    for (const width of [320, 390, 1_000, 3_840]) {
      await page.setViewportSize({ width, height: 800 });
      await isSound(page, `${width} wide`);
      for (const part of width < 900 ? ['Session', 'Library', 'Set-up', 'Chart'] : []) {
        await studio.button(part).click();
        if (part !== 'Chart') await isSound(page, `${part}, ${width} wide`);
      }
    }
  });
});

test('the chosen colours are there before any script of the page runs', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const studio = await new Studio(page).open();
  await studio.button('More').click();
  await page.getByRole('menuitemradio', { name: 'Light' }).click();
  await page.route(/assets\/.*\.js$/, (route) => route.abort());
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(244, 245, 247)');
});

test('everything is done by keyboard alone', async ({ page }) => {
  // Some two hundred presses, each of which waits for what it did.
  test.slow();
  const studio = await new Studio(page).open();
  await tabTo(page, 'Import');
  const file = market();
  // Chromium opens no chooser five seconds after a press, which is soon over where much else runs.
  await expect(async () => {
    const chooser = page.waitForEvent('filechooser', { timeout: 10_000 });
    await page.keyboard.press('Enter');
    await (await chooser).setFiles({ name: file.name, mimeType: 'text/csv', buffer: Buffer.from(file.text) });
  }).toPass();
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.getByTestId('import-summary').waitFor();
  await expect.poll(() => focused(page)).toBe('Import');

  await tabTo(page, 'Step bar');
  await page.keyboard.press('Enter');
  await studio.isState('paused');
  await expect(studio.button('Step bar')).toBeFocused();
  await page.keyboard.press('2');
  await expect(page.getByLabel('Speed', { exact: true })).toHaveValue('10');
  await page.keyboard.press('g');
  await expect(page.locator('#go-to-date')).toBeFocused();
  // A date has three parts, each of which has the focus once.
  for (let part = 0; part < 6 && (await page.locator('#go-to-time:focus').count()) === 0; part++)
    await page.keyboard.press('Tab');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('11:00');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('clock')).toContainText('11:00');
  await expect.poll(() => focused(page)).toBe('Step bar');

  await tabTo(page, /^Tape of sessions/);
  await page.keyboard.press('End');
  const tape = page.getByRole('slider', { name: /^Tape of sessions/ });
  await expect(tape).toHaveAttribute('aria-valuetext', /26 Nov 2024/);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('clock')).toContainText('26 Nov 2024');
  await studio.isState('paused');
  await expect(tape).toBeFocused();

  await page.keyboard.press('5');
  await tabTo(page, 'Play', 'Shift+Tab');
  await page.keyboard.press('Space');
  await studio.isState('finished');
  await expect.poll(() => focused(page)).toBe('Play');

  await tabTo(page, 'Quality', 'Shift+Tab');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: /^Gaps/ })).toHaveAttribute('aria-selected', 'true');

  await tabTo(page, 'More', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitemradio', { name: 'Light' }).waitFor();
  await page.keyboard.press('l');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect.poll(() => focused(page)).toBe('More');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('the map of keys tells of them, switches them off, and the choice is kept', async ({ page }) => {
  const studio = await new Studio(page).open();
  await page.keyboard.press('?');
  const map = page.getByRole('dialog', { name: 'Keys' });
  await expect(map).toContainText('step a session');
  await map.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await expect(map).toHaveCount(0);
  await page.keyboard.press('u');
  await expect(page.getByRole('tab', { name: 'Library' })).toHaveAttribute('aria-selected', 'true');
  await page.reload();
  await studio.button('Keys').click();
  await map.getByRole('checkbox').check();
  await page.keyboard.press('Escape');
  await expect(map).toHaveCount(0);
  await page.keyboard.press('u');
  await expect(page.getByRole('tab', { name: 'Set-up' })).toHaveAttribute('aria-selected', 'true');
});

test('a control that can do nothing says why, to the pointer and to the keyboard', async ({ page }) => {
  const studio = await new Studio(page).open();
  await expect(studio.button('Stop')).toBeDisabled();
  await tabTo(page, 'Stop');
  await expect(page.getByRole('button', { name: 'Stop' })).toHaveAccessibleDescription(/there is no run/);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Step bar' }).hover();
  await expect(page.locator('.tip')).toContainText('import bars first');
});

test('nothing moves while a run plays, and the page is told of states alone', async ({ page }) => {
  const studio = await new Studio(page).open();
  await studio.import(market());
  await studio.speed('600×');
  await studio.play();
  await studio.isState('playing');
  await expect(page.getByTestId('clock')).not.toContainText(/--|09:30/);
  const moved = await page.evaluate(async () => {
    const watched = [...document.querySelectorAll('header *, footer *, [role=tablist], .studio > *, main > *')].filter(
      (element) => !element.closest('svg') && !element.closest('.line') && element.tagName !== 'CANVAS',
    );
    const boxes = (): string[] =>
      watched.map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [x, y, width, height].map(Math.round).join();
      });
    const spoken = new Set<string>();
    const observer = new MutationObserver((records) => {
      for (const { target } of records) {
        const region = (target instanceof Element ? target : target.parentElement)?.closest(
          '[aria-live], [role=status]',
        );
        if (region?.textContent) spoken.add(region.textContent);
      }
    });
    observer.observe(document.body, { childList: true, characterData: true, subtree: true });
    const found = new Set<string>();
    const before = boxes();
    for (let frame = 0; frame < 120; frame++) {
      await new Promise((done) => requestAnimationFrame(done));
      boxes().forEach((box, i) => {
        const element = watched[i]!;
        if (box !== before[i] && element.children.length > 0)
          found.add(`${element.tagName} ${element.className}: ${before[i]} to ${box}`);
      });
    }
    observer.disconnect();
    return { found: [...found], spoken: spoken.size };
  });
  expect(moved.found).toEqual([]);
  expect(moved.spoken).toBeLessThanOrEqual(2);
});

test('from 320 to 3,840 pixels nothing is cut off or scrolls sideways, and a finger finds its controls', async ({
  browser,
  browserName,
}) => {
  const context = await browser.newContext({
    hasTouch: true,
    ...(browserName === 'chromium' ? { isMobile: true } : {}),
  });
  const page = await context.newPage();
  await page.setViewportSize({ width: 320, height: 640 });
  const studio = await new Studio(page).open();
  await studio.import(market());
  for (const width of [320, 390, 899, 900, 1_150, 1_440, 3_840]) {
    await page.setViewportSize({ width, height: 760 });
    const cut = await page
      .getByTestId('quality')
      .evaluateAll((figures) =>
        figures.filter(
          (figure) => figure.getBoundingClientRect().right > figure.closest('.dock')!.getBoundingClientRect().right,
        ),
      );
    expect(cut, `quality, ${width} wide`).toHaveLength(0);
    const beyond = await page.evaluate(() =>
      [...document.querySelectorAll('header button, footer button, footer select, nav button, [data-testid=clock]')]
        .filter((element) => element.getClientRects().length > 0)
        .map((element) => ({
          box: element.getBoundingClientRect(),
          name: element.getAttribute('aria-label') ?? element.textContent,
        }))
        .filter(({ box }) => box.left < 0 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5)
        .map(({ name }) => name),
    );
    expect(beyond, `${width} wide`).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width} wide`).toBe(true);
  }
  if (browserName === 'chromium') {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const name of ['Play', 'Stop', 'Step bar', 'Go to', 'Import', 'Share']) {
      const box = (await studio.button(name).boundingBox())!;
      expect(Math.min(box.width, box.height), name).toBeGreaterThanOrEqual(44);
    }
  }
  await context.close();
});

test('signs are told from their ground by 3 to 1 and texts by 4.5 to 1, in both themes', async ({ page }) => {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto('/');
    const ratios = await page.evaluate(() => {
      const style = getComputedStyle(document.documentElement);
      const light = (name: string): number => {
        const context = document.createElement('canvas').getContext('2d')!;
        context.fillStyle = style.getPropertyValue(`--${name}`);
        context.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((part) => {
          const share = part / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
      };
      const ratio = (one: string, other: string): number => {
        const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
        return (high! + 0.05) / (low! + 0.05);
      };
      const grounds = ['panel', 'raise'];
      return {
        text: ['text', 'mute', 'accent', 'bad', 'warn'].flatMap((sign) =>
          grounds.map((ground) => [`${sign} on ${ground}`, ratio(sign, ground)] as const),
        ),
        signs: ['edge', 'up', 'down', 'fill', 'info', 'ok'].flatMap((sign) =>
          grounds.map((ground) => [`${sign} on ${ground}`, ratio(sign, ground)] as const),
        ),
      };
    });
    for (const [what, ratio] of ratios.text) expect(ratio, `${colorScheme}: ${what}`).toBeGreaterThanOrEqual(4.5);
    for (const [what, ratio] of ratios.signs) expect(ratio, `${colorScheme}: ${what}`).toBeGreaterThanOrEqual(3);
  }
});
