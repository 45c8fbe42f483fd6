import { expect, type Page } from '@playwright/test';
import { codeHash } from '../../src/own/read-code.ts';
import type { Abroad } from './foreign.ts';
import { roadsOut } from './roads-out.ts';
import type { Studio } from './studio.ts';

export const data = { dataset: 'sample', symbols: ['ALFA'], from: '2024-11-04', to: '2024-11-05' };
export const replay = { speed: 'max' };

export const cross = `// Long above, short below.
const params = { fast: 10, slow: 30 };
const warmUpBars = params.slow;
const fast = new SimpleAverage(params.fast), slow = new SimpleAverage(params.slow);
let side = 0;
function bar(desk) {
  const gap = fast.push(desk.close) - slow.push(desk.close);
  if (!(gap * side < 0 || side === 0)) return;
  side = gap > 0 ? 1 : gap < 0 ? -1 : 0;
  desk.closePosition();
  if (side > 0) desk.buy(0, { size: 0.5 });
  if (side < 0) desk.sell(0, { size: 0.5 });
}
`;

/** Has code that was written here in the set-up; the page is loaded anew. */
export async function haveOwn(studio: Studio, name: string, text: string, settings: object = {}): Promise<void> {
  const code = codeHash(text);
  await studio.page.evaluate(
    (kept) => {
      localStorage.setItem('tapedeck.own-code', JSON.stringify([{ name: kept.name, text: kept.text }]));
      localStorage.setItem('tapedeck:code-read', JSON.stringify([kept.code]));
    },
    { name, text, code },
  );
  await studio.page.reload();
  await studio.configure({ data, replay, ...settings, strategy: { name, params: {}, code } });
}

/** Opens code as a file, reads it, and allows it to run. */
export async function allow(studio: Studio, name: string, text: string): Promise<void> {
  const { page } = studio;
  await page.getByRole('tab', { name: 'Set-up', exact: true }).click();
  const summary = page.locator('summary', { hasText: 'Strategy' }).first();
  if (!(await page.getByRole('button', { name: 'Open code…' }).isVisible())) await summary.click();
  await page
    .getByTestId('code-input')
    .setInputFiles({ name: `${name}.js`, mimeType: 'text/javascript', buffer: Buffer.from(text) });
  const use = page.getByRole('button', { name: 'Use in the set-up' });
  await expect(use).toBeDisabled();
  await page.getByRole('checkbox', { name: /I have read this code/ }).check();
  await use.click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(studio.button('Play')).toBeEnabled();
}

/** Tries to change what belongs to the engine. Whatever it got to is returned. */
function tamper(): string[] {
  const found: string[] = [];
  for (const [name, change] of [
    ['Array.prototype', () => (Array.prototype.push = () => 0)],
    ['Object.prototype', () => ((Object.prototype as Record<string, unknown>)['ahead'] = 1)],
    ['Float64Array.prototype', () => (Float64Array.prototype.fill = () => new Float64Array())],
    ['Math', () => (Math.max = () => 0)],
  ] as const)
    try {
      change();
      // Not by push, which may be another one now.
      found[found.length] = name;
    } catch {
      // It is frozen.
    }
  return found;
}

/** What of the language still answers by the user's own, past what the tree refuses. */
function askLanguage(): string[] {
  const methods = ['toLocaleString', 'toLocaleUpperCase', 'localeCompare'] as const;
  return methods.filter((method) => [{}, 1, 'a', [1], new Float64Array(1)].some((value) => method in Object(value)));
}

/** Tries all roads, and leaves those that it found in `found`. */
export function attackOn(abroad: Abroad): string {
  return `const found=(${String(roadsOut)})(${JSON.stringify(abroad)},'own code').concat((${String(tamper)})(),(${String(askLanguage)})());`;
}

/**
 * Looks for roads out in the place of own code, past all that the tree would have refused: the engine behind it is the page's own. `then` is
 * what it does with what it `found` whenever it may order; `n` counts that.
 */
export async function attackFromWithin(page: Page, abroad: Abroad, then: string): Promise<void> {
  await page.addInitScript(
    ([code, act]) => {
      const Plain = Blob;
      const swapped = (text: string): string => {
        const end = text.indexOf('})()};\n');
        const body = `${code}let n=0;return{bar:function(desk){
          if(Reflect.ownKeys(desk).length>0||desk.view||desk.block)found.push("desk");
          try{desk.constructor.constructor("return 1")();found.push("constructor")}catch{}
          if(!desk.mayOrder())return;n++;${act}}}`;
        return `self.ownCode=function(){"use strict";${body}};\n${text.slice(end + '})()};\n'.length)}`;
      };
      window.Blob = class extends Plain {
        constructor(parts: BlobPart[] = [], options?: BlobPropertyBag) {
          const [first] = parts;
          super(typeof first === 'string' && first.startsWith('self.ownCode=') ? [swapped(first)] : parts, options);
        }
      };
    },
    [attackOn(abroad), then] as const,
  );
}
