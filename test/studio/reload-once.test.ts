import { describe, expect, test } from 'vitest';
import { claimReload, watchUser } from '../../src/studio/reload-once.ts';

function memory(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

const refuse = (): never => {
  throw new DOMException('No', 'SecurityError');
};

describe('the page may reload itself', () => {
  test('once for each path', () => {
    const storage = memory();
    expect(claimReload(() => storage, '/a/')).toBe(true);
    expect(claimReload(() => storage, '/a/')).toBe(false);
    expect(claimReload(() => storage, '/b/')).toBe(true);
  });

  test.each([
    ['is refused', refuse],
    ['takes nothing', () => ({ ...memory(), setItem: refuse })],
    ['forgets', () => ({ ...memory(), getItem: () => null })],
  ])('never where storage %s', (_, storage) => {
    expect(claimReload(storage, '/a/')).toBe(false);
  });
});

test('the user has acted once a key or a pointer was pressed, or something was put into the page', () => {
  for (const type of ['pointerdown', 'keydown', 'input', 'change', 'drop', 'paste']) {
    const page = new EventTarget();
    const hasActed = watchUser(page);
    page.dispatchEvent(new Event('scroll'));
    expect(hasActed()).toBe(false);
    page.dispatchEvent(new Event(type));
    expect(hasActed()).toBe(true);
  }
});
