import type { KeptRun } from './kept-visit.ts';
import { several } from './labels.ts';
import type { Notices } from './notices.svelte.ts';
import type { SetUp } from './set-up.svelte.ts';

/** Tells that a link ended a run that had orders by hand, and how their list is had again; nothing of any other run. */
export function tellDropped(
  run: Pick<KeptRun, 'settings'>,
  { notices, setUp }: { notices: Notices; setUp: SetUp },
): void {
  const count = orderCount(run.settings);
  if (count === 0) return;
  notices.tell({
    topic: 'dropped',
    text: () =>
      `The link ended a run with ${several(count, 'order')} by hand. Take the list back, and Play gives them again.`,
    action: {
      name: 'Take the list back',
      act: () => {
        notices.dismissNote('dropped');
        setUp.take(run.settings);
      },
    },
  });
}

function orderCount(settings: KeptRun['settings']): number {
  const { name, params } = (settings['strategy'] ?? {}) as { name?: unknown; params?: { orders?: unknown } };
  return name === 'scripted' && Array.isArray(params?.orders) ? params.orders.length : 0;
}
