import { expect, type Page } from '@playwright/test';
import axe from 'axe-core';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** Axe finds nothing in dark colours, nor in light ones, in which contrasts alone can differ. */
export async function isSound(page: Page, state: string): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  for (const [theme, rules] of [
    ['light', ['color-contrast']],
    ['dark', undefined],
  ] as const) {
    const found = await page.evaluate(
      async ([theme, rules]) => {
        // Not by what the system prefers: Firefox under automation tells a page of one change of that, not of the next.
        document.documentElement.dataset['theme'] = theme;
        const { violations } = await window.axe.run(document, {
          ...(rules ? { runOnly: [...rules] } : {}),
          // What passes is not sent from the page, which would take longer than to find it; there are no frames and no foreign styles.
          reporter: 'no-passes',
          resultTypes: ['violations'],
          iframes: false,
          preload: false,
        });
        return violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html} (${any[0]?.message ?? ''})`).join(' | ')}`,
        );
      },
      [theme, rules] as const,
    );
    expect(found, `${state}, ${theme}`).toEqual([]);
  }
}
