import { hour, instant, isoText } from '../time/instant.ts';
import type { SetUp } from './set-up.svelte.ts';

/** What a new entry of a setting that is a list of entries begins with. */
export function freshEntry(setting: string, setUp: SetUp): Readonly<Record<string, unknown>> {
  const { dataset, symbolNames, plan, config } = setUp;
  if (setting === 'history.windows') return { interval: '1d', sessions: 20 };
  if (setting === 'data.streams') {
    const taken = new Set((config.data.streams ?? []).map(({ symbol }) => symbol));
    const symbol = symbolNames.find((name) => !taken.has(name)) ?? symbolNames[0] ?? '';
    return { dataset: dataset?.name ?? '', symbol, kind: 'bars', interval: null };
  }
  const session = plan?.sessions[plan.firstPlayed];
  const from = session ? session.open + (config.feed.outages.length + 1) * hour : 0;
  return { symbol: null, from: isoText(instant(from)), to: isoText(instant(from + hour / 4)) };
}
