import { intervalMs } from '../bars/interval.ts';
import type { Config } from '../config/schema.ts';
import { day } from '../time/instant.ts';
import type { Find } from './find.ts';
import type { PlanInterval } from './plan.ts';

/**
 * The intervals that a run keeps, the base first, and how many trailing sessions of each: those that are derived on request and
 * those that `history.windows` names, which are derived for it. A default that does not fit the base drops out with a warning,
 * the same value given is an error. Where no default of `history.intervals` fits, history keeps the base.
 */
export function chooseIntervals(
  { upkeep, history }: Config,
  given: ReadonlySet<string>,
  base: { readonly text: string; readonly ms: number },
  find: Find,
): PlanInterval[] {
  const fitting = (setting: string, text: string, fits: (ms: number) => boolean, rule: string): boolean => {
    if (fits(intervalMs(text)!)) return true;
    const message = `${setting} has ${text}; ${rule}`;
    const all = setting === 'upkeep.derivedIntervals' ? upkeep.derivedIntervals : history.intervals;
    const right = setting === 'history.windows' ? undefined : all.filter((each) => fits(intervalMs(each)!));
    if (setting === 'history.windows' || given.has(setting)) find('error', setting, text, message, right);
    else find('warning', setting, text, `${message}: left out`, right);
    return false;
  };
  const derives = (ms: number): boolean =>
    base.ms < day ? ms === day || (ms % base.ms === 0 && ms > base.ms && ms < day) : ms % base.ms === 0 && ms > base.ms;
  const rule =
    base.ms < day
      ? `it must be a multiple of the base interval ${base.text} and longer than it, up to 1d, which is the whole session`
      : `it must be a multiple of the base interval ${base.text} and longer than it`;

  /** Length of an interval to how it was written first. */
  const texts = new Map([[base.ms, base.text]]);
  const keep = (text: string): void => {
    const ms = intervalMs(text)!;
    if (!texts.has(ms)) texts.set(ms, text);
  };
  if (upkeep.autoComputeDerived)
    for (const text of new Set(upkeep.derivedIntervals))
      if (fitting('upkeep.derivedIntervals', text, derives, rule)) keep(text);

  const sessions = new Map<number, number>();
  if (history.enabled && history.windows) {
    for (const { interval, sessions: kept } of history.windows) {
      if (!fitting('history.windows', interval, (ms) => ms === base.ms || derives(ms), rule)) continue;
      keep(interval);
      const ms = intervalMs(interval)!;
      sessions.set(ms, Math.max(kept, sessions.get(ms) ?? 0));
    }
    for (const setting of ['history.trailingDays', 'history.intervals'])
      if (given.has(setting))
        find('warning', setting, null, `${setting} counts for nothing where history.windows is given`);
  } else if (history.enabled) {
    const others = listed(texts).slice(1).join(', ') || 'none';
    const known = `it must be the base interval ${base.text} or one of the derived intervals (${others})`;
    for (const text of history.intervals)
      if (fitting('history.intervals', text, (ms) => texts.has(ms), known))
        sessions.set(intervalMs(text)!, history.trailingDays);
    // Nobody chose to go without history: where none of the default's intervals is that of these bars, the bars' own is kept.
    if (sessions.size === 0 && !given.has('history.intervals')) sessions.set(base.ms, history.trailingDays);
  }
  return listed(texts).map((text) => {
    const ms = intervalMs(text)!;
    return { text, ms, historySessions: sessions.get(ms) ?? 0 };
  });
}

/** Intervals, the shortest first. */
function listed(texts: ReadonlyMap<number, string>): string[] {
  return [...texts].sort(([a], [b]) => a - b).map(([, text]) => text);
}
