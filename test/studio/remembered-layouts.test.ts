import { expect, it } from 'vitest';
import { rememberChoices, rememberedChoices } from '../../src/studio/remembered-layouts.ts';

function fakeStorage(): Storage & { text: string | null } {
  const storage = {
    text: null as string | null,
    getItem: () => storage.text,
    setItem: (_: string, text: string) => void (storage.text = text),
  };
  return storage as unknown as Storage & { text: string | null };
}

it('remembers what was chosen for a layout, but for the symbol', () => {
  const storage = fakeStorage();
  rememberChoices(() => storage, { A: { zone: 'UTC', symbol: 'SPY', stamp: undefined }, B: { stamp: 'end' } });
  expect(rememberedChoices(() => storage)).toEqual({ A: { zone: 'UTC' }, B: { stamp: 'end' } });
  rememberChoices(() => storage, { A: { priceScale: '4' } });
  expect(rememberedChoices(() => storage)).toEqual({ A: { priceScale: '4' }, B: { stamp: 'end' } });
});

it('forgets a layout for which nothing is chosen', () => {
  const storage = fakeStorage();
  rememberChoices(() => storage, { A: { zone: 'UTC' }, B: { stamp: 'end' } });
  rememberChoices(() => storage, { A: {} });
  expect(rememberedChoices(() => storage)).toEqual({ B: { stamp: 'end' } });
});

it('keeps the latest hundred', () => {
  const storage = fakeStorage();
  for (let i = 0; i < 120; i++) rememberChoices(() => storage, { [`L${i}`]: { zone: 'UTC' } });
  const layouts = Object.keys(rememberedChoices(() => storage));
  expect([layouts.length, layouts[0], layouts.at(-1)]).toEqual([100, 'L20', 'L119']);
});

it.each(['{', '7', '[{"layout":1}]', '[{"layout":"A","choices":{"zone":7}}]'])('takes %s for nothing', (text) => {
  const storage = fakeStorage();
  storage.text = text;
  expect(rememberedChoices(() => storage)).toEqual({});
});

it('does without a storage', () => {
  const refused = (): Storage => {
    throw new DOMException('The operation is insecure', 'SecurityError');
  };
  expect(rememberedChoices(refused)).toEqual({});
  rememberChoices(refused, { A: { zone: 'UTC' } });
});
