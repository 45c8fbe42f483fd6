import type { RunPlan } from '../session/plan.ts';
import { day } from '../time/instant.ts';
import type { GapOutcome } from '../session/story.ts';
import type { SlotAxis } from './chart/slot-axis.ts';
import type { GapRow } from './gaps.ts';
import { barLabel, several } from './labels.ts';

/** `10:09`, or `09:34–09:35`: the starts of the first and the last missing bar, on the wall of the market. */
export function gapTimes({ session, symbol, firstSlot, slots }: GapRow, plan: RunPlan, axis: SlotAxis): string {
  return slotTimes(plan, axis, symbol, session, firstSlot, slots);
}

/** The starts of the first and the last of so many bars of a symbol; the first lies in that base slot. */
export function slotTimes(
  plan: RunPlan,
  axis: SlotAxis,
  symbol: number,
  session: number,
  slot: number,
  bars: number,
): string {
  const ownMs = plan.symbols[symbol]?.intervalMs ?? axis.intervalMs;
  // A bar that is longer than a slot lies in the last one that it covers.
  const at = (bar: number): string =>
    ownMs > axis.intervalMs && ownMs < day
      ? barLabel(axis.end({ session, slot }) + (bar - 1) * ownMs, ownMs, plan.zone)
      : barLabel(axis.start({ session, slot: slot + bar }), ownMs, plan.zone);
  return bars === 1 ? at(0) : `${at(0)}–${at(bars - 1)}`;
}

/** `10:10`: the check that found the gap; `–` while none has. */
export function foundWords({ session, foundAtSlot }: GapRow, plan: RunPlan, axis: SlotAxis): string {
  if (foundAtSlot < 0) return '–';
  return barLabel(axis.end({ session, slot: foundAtSlot }), axis.intervalMs, plan.zone);
}

/** `filled from backup`. */
export function outcomeWords(gap: GapRow, plan: RunPlan, retried: boolean): string {
  const source = plan.fillSources[gap.source]?.name;
  switch (gap.outcome) {
    case 'filled':
      return source === undefined ? 'filled by upkeep' : `filled from ${source}`;
    case 'repaired':
      return source === undefined ? 'repaired' : `repaired from ${source}`;
    case 'made up':
      return 'made up from the last price';
    case 'arrived late':
      return 'arrived late';
    case 'given up':
      return 'given up: no source has it';
    case 'open':
      return retried ? 'open, tried again' : 'open';
  }
}

/** Why the bars are taken to be missing. */
export function evidenceWords({ evidence, othersAlive, slots, outcome }: GapRow, plan: RunPlan): string {
  const others = plan.symbols.length - 1;
  switch (evidence) {
    case 'feed silent':
      return `the feed was silent: none of ${several(others, 'other symbol')} had a bar`;
    case 'alone':
      return `only this symbol: ${othersAlive} of ${several(others, 'other')} had bars`;
    case 'no trade':
      return 'no trade: a source has the slot with volume 0';
    case 'rejected':
      return slots === 1 ? 'the bar that came was impossible' : 'the bars that came were impossible';
    case 'unknown':
      return outcome === 'filled' ? 'a source has the bar' : 'no evidence';
  }
}

/** The sign that a row of that outcome has. */
export const outcomeLook: Readonly<Record<GapOutcome, string>> = {
  filled: 'mended',
  repaired: 'mended',
  'made up': 'invented',
  'arrived late': 'late',
  'given up': 'lost',
  open: 'open',
};
