import { describe, expect, it } from 'vitest';
import { keptSetUps } from '../../src/studio/kept-set-ups.svelte.ts';
import { KeptCode } from '../../src/studio/own/kept-code.svelte.ts';
import { codeHash } from '../../src/own/read-code.ts';
import type { KeptIn } from '../../src/studio/kept-list.svelte.ts';

type Heard = Parameters<KeptIn['addEventListener']>[1];

/** A browser with tabs: what one of them stores, the others hear of once `tell` is called. */
class Browser {
  readonly stored = new Map<string, string>();
  readonly #heard: { readonly tab: KeptIn; readonly heard: Heard }[] = [];
  readonly #untold: { readonly by: KeptIn; readonly key: string }[] = [];
  isFull = false;

  tab(): KeptIn {
    const localStorage = {
      getItem: (key: string) => this.stored.get(key) ?? null,
      removeItem: (key: string) => {
        this.stored.delete(key);
        this.#untold.push({ by: tab, key });
      },
      setItem: (key: string, text: string) => {
        if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
        this.stored.set(key, text);
        this.#untold.push({ by: tab, key });
      },
    };
    const tab: KeptIn = { localStorage, addEventListener: (_, heard) => this.#heard.push({ tab, heard }) };
    return tab;
  }

  tell(): void {
    for (const { by, key } of this.#untold.splice(0))
      for (const { tab, heard } of this.#heard) if (tab !== by) heard({ key });
  }
}

const setUps = 'tapedeck.set-ups';
const names = (list: { readonly all: readonly { readonly name: string }[] }) => list.all.map(({ name }) => name);
const named = (name: string, seed = 1) => ({ name, settings: { feed: { seed } } });

describe('a list that the browser keeps', () => {
  it('loses nothing of another tab, before that is heard of and after', () => {
    const browser = new Browser();
    const [one, two] = [keptSetUps(browser.tab()), keptSetUps(browser.tab())];
    one.put(named('b'));
    two.put(named('a'));
    expect(two.has('b')).toBe(true);
    expect(names(two)).toEqual(['a', 'b']);
    expect(names(one)).toEqual(['b']);
    browser.tell();
    expect(names(one)).toEqual(['a', 'b']);
    one.remove('a');
    two.put(named('c'));
    browser.tell();
    expect([names(one), names(two)]).toEqual([
      ['b', 'c'],
      ['b', 'c'],
    ]);
    expect(names(keptSetUps(browser.tab()))).toEqual(['b', 'c']);
  });

  it('keeps entries that it does not understand, and shows the others', () => {
    const browser = new Browser();
    const odd = { name: 'odd', settings: 7, from: 'a newer page' };
    browser.stored.set(setUps, JSON.stringify([odd, named('a')]));
    const list = keptSetUps(browser.tab());
    expect(names(list)).toEqual(['a']);
    list.put(named('b'));
    expect(names(list)).toEqual(['a', 'b']);
    expect(JSON.parse(browser.stored.get(setUps)!)).toContainEqual(odd);
  });

  it.each(['[{"name":"a"', '{"a":1}', ''])('puts a text that is no list aside, as it is: %j', (text) => {
    const browser = new Browser();
    browser.stored.set(setUps, text);
    const list = keptSetUps(browser.tab());
    expect(names(list)).toEqual([]);
    list.put(named('b'));
    expect(browser.stored.get(`${setUps}.unread`)).toBe(text);
    expect(names(keptSetUps(browser.tab()))).toEqual(['b']);
  });

  it('keeps every text that it puts aside, tells what it cannot read, and lets go of it when asked', () => {
    const browser = new Browser();
    const [list, other] = [keptSetUps(browser.tab()), keptSetUps(browser.tab())];
    expect(list.unread).toEqual({ entries: [], texts: [] });
    for (const text of ['[{"name":"a"', '{"a":1}', '{"a":1}']) {
      browser.stored.set(setUps, text);
      list.put(named('b'));
    }
    expect(list.unread.texts).toEqual(['[{"name":"a"', '{"a":1}']);
    const odd = { name: 'odd', settings: 7 };
    browser.stored.set(setUps, JSON.stringify([odd, named('b')]));
    list.put(named('c'));
    expect(list.unread.entries).toEqual([odd]);
    browser.tell();
    expect(other.unread).toEqual(list.unread);
    // A text that is no list is told before anything is kept in its place.
    browser.stored.set(setUps, 'torn');
    expect(keptSetUps(browser.tab()).unread.texts).toEqual(['[{"name":"a"', '{"a":1}', 'torn']);

    browser.stored.set(setUps, JSON.stringify([odd, named('b')]));
    expect(list.forgetUnread()).toBe(true);
    browser.tell();
    expect([list.unread, other.unread]).toEqual([
      { entries: [], texts: [] },
      { entries: [], texts: [] },
    ]);
    expect(names(keptSetUps(browser.tab()))).toEqual(['b']);
    expect([...browser.stored.keys()]).toEqual([setUps]);
  });

  it('lasts as long as the page where the browser keeps nothing, and is kept when it does again', () => {
    const browser = new Browser();
    const [one, two] = [keptSetUps(browser.tab()), keptSetUps(browser.tab())];
    one.put(named('a'));
    browser.isFull = true;
    expect([one.put(named('b')), one.remove('a')]).toEqual([false, false]);
    expect(names(one)).toEqual(['b']);
    browser.isFull = false;
    two.put(named('c'));
    browser.tell();
    expect(names(one)).toEqual(['b', 'c']);
    expect(one.put(named('d'))).toBe(true);
    expect(names(keptSetUps(browser.tab()))).toEqual(['b', 'c', 'd']);
  });
});

describe('strategies of one’s own', () => {
  it('of two tabs stay, and so does what may run', () => {
    const browser = new Browser();
    const [one, two] = [new KeptCode(browser.tab()), new KeptCode(browser.tab())];
    one.keep({ name: 'mine', text: 'const a = 1;' });
    two.keep({ name: 'other', text: 'const b = 2;' });
    browser.tell();
    for (const kept of [one, two, new KeptCode(browser.tab())]) {
      expect(names(kept)).toEqual(['mine', 'other']);
      expect([kept.mayRun('const a = 1;'), kept.mayRun('const b = 2;')]).toEqual([true, true]);
    }
    two.remove('mine');
    browser.tell();
    expect(one.mayRun('const a = 1;')).toBe(false);
    expect(browser.stored.get('tapedeck:code-read')).toBe(JSON.stringify([codeHash('const b = 2;')]));
  });
});
