import type { RunPlan } from '../session/plan.ts';
import type { GapOutcome } from '../session/story.ts';
import type { SlotAxis } from './chart/slot-axis.ts';
import type { GapRow } from './gaps.ts';
import { barLabel, several, zoneLabel } from './labels.ts';
import type { Ahead } from './open-gap.ts';

/** `10:09`, or `09:34–09:35`: the starts of the first and the last missing slot, on the wall of the market. */
export function gapTimes({ session, firstSlot, slots }: GapRow, plan: RunPlan, axis: SlotAxis): string {
  const at = (slot: number): string => barLabel(axis.start({ session, slot }), axis.intervalMs, plan.zone);
  return slots === 1 ? at(firstSlot) : `${at(firstSlot)}–${at(firstSlot + slots - 1)}`;
}

/** `10:10`: the check that found the gap; `–` while none has. */
export function foundWords({ session, foundAtSlot }: GapRow, plan: RunPlan, axis: SlotAxis): string {
  return foundAtSlot < 0 ? '–' : endTime(session, foundAtSlot, plan, axis);
}

/** `10:10`: when a base slot ended, on the wall of the market. */
function endTime(session: number, slot: number, plan: RunPlan, axis: SlotAxis): string {
  return barLabel(axis.end({ session, slot }), axis.intervalMs, plan.zone);
}

/** The story of a gap: `ALFA 10:09–10:11 EST, 3 bars`, and a sentence each for its finding, its end and the evidence. */
export function storyWords(
  gap: GapRow,
  plan: RunPlan,
  axis: SlotAxis,
  ahead: Ahead,
): { readonly title: string; readonly lines: readonly string[] } {
  const { session, symbol, firstSlot, slots, foundAtSlot, endedAtSlot, lookUps } = gap;
  const zone = zoneLabel(axis.start({ session, slot: firstSlot }), plan.zone);
  const tried = lookUps === 0 ? 'never looked up' : `looked up ${several(lookUps, 'time')}`;
  const ended = endedAtSlot < 0 ? '' : ` at ${endTime(session, endedAtSlot, plan, axis)}`;
  return {
    title: `${plan.symbols[symbol]!.name} ${gapTimes(gap, plan, axis)} ${zone}, ${several(slots, 'bar')}`,
    lines: [
      foundAtSlot < 0 ? `Not found by a check, ${tried}` : `Found at ${foundWords(gap, plan, axis)}, ${tried}`,
      sentence(`${outcomeWords(gap, plan, ahead)}${ended}`),
      `Evidence: ${evidenceWords(gap, plan)}`,
    ],
  };
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `filled from backup`. */
export function outcomeWords(gap: GapRow, plan: RunPlan, ahead: Ahead): string {
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
      if (!plan.config.upkeep.enabled) return 'open: upkeep is off';
      if (plan.fillSources.length === 0) return 'open: no fill source is set';
      if (ahead === 'none') return 'open: its session ended first';
      return ahead === 'look-up' ? 'open, tried again' : 'open';
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
