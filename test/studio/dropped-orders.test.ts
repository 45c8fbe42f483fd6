import { expect, test, vi } from 'vitest';
import { tellDropped } from '../../src/studio/dropped-orders.ts';
import { Notices } from '../../src/studio/notices.svelte.ts';
import type { SetUp } from '../../src/studio/set-up.svelte.ts';

test('a run that is dropped names its orders by hand, and its set-up can be taken back', () => {
  const notices = new Notices();
  const take = vi.fn();
  const setUp = { take } as unknown as SetUp;
  tellDropped({ settings: { strategy: { name: 'sma-cross', params: {} } } }, { notices, setUp });
  tellDropped({ settings: { strategy: { name: 'scripted', params: { orders: [] } } } }, { notices, setUp });
  tellDropped({ settings: {} }, { notices, setUp });
  expect(notices.note).toBeUndefined();
  const orders = [
    { bar: 1, op: 'buy' },
    { bar: 2, op: 'close' },
  ];
  const settings = { strategy: { name: 'scripted', params: { orders } } };
  tellDropped({ settings }, { notices, setUp });
  expect(notices.note?.text()).toContain('The link ended a run with 2 orders by hand.');
  notices.note?.action.act();
  expect(take).toHaveBeenCalledWith(settings);
  expect(notices.note).toBeUndefined();
});
