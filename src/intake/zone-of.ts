import type { Format } from './format.ts';
import type { TimeFormat } from './layout.ts';
import { misfit } from './misfit.ts';
import type { Sample } from './sample.ts';
import type { TimeColumns } from './time-columns.ts';
import type { Told } from './told.ts';
import { chosen, guess, sure } from './told.ts';
import type { Verdict } from './verdict.ts';

/**
 * The zone of the times: as the text says, else as chosen, else as the format has it for sure, else as the verdict of the calendar has
 * it, else as the format mostly has it, else the market's.
 */
export function zoneOf(
  format: Format,
  sample: Sample,
  { time, namedZone }: TimeColumns,
  marketZone: string,
  wanted: string | null,
  verdict: Verdict | null,
): Told<string> {
  if (time.format.kind === 'unix') {
    refuseZone(wanted, 'the times are Unix times, which count in UTC');
    return sure('UTC', 'Unix times count from 1970 in UTC');
  }
  if (time.format.kind === 'offset') {
    refuseZone(wanted, 'every time has an offset or Z');
    return sure('in the text', 'every time has an offset or Z');
  }
  if (wanted !== null) return chosen(wanted);
  const word = time.format.kind === 'wall' ? time.format.word : null;
  if (word !== null) return sure(word, 'it stands behind every time');
  if (namedZone !== undefined) return sure(namedZone, "the column's name says so");
  const byFormat = format.zone?.(sample);
  if (verdict?.zone && byFormat?.certainty !== 'sure') return verdict.zone;
  return byFormat ?? guess(marketZone, "the times have no offset; the market's zone was taken");
}

function refuseZone(wanted: string | null, why: string): void {
  if (wanted !== null) throw misfit('zone', wanted, `${why}, so that there is none to choose`);
}

/** The zone on whose clock times are; null for instants. */
export function zoneOfTimes(time: TimeFormat): string | null {
  return time.kind === 'wall' || time.kind === 'midnight' ? time.zone : null;
}
