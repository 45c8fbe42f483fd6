import { intervalText } from '../bars/interval.ts';
import { day, second } from '../time/instant.ts';
import type { Chosen } from './chosen.ts';
import { fitsSteps } from './bar-interval.ts';
import { closestOf, intervalOfFirst } from './first-steps.ts';
import type { Format, Stamp } from './format.ts';
import { saysStart } from './header.ts';
import { misfit } from './misfit.ts';
import type { Sample } from './sample.ts';
import type { TimeColumns } from './time-columns.ts';
import type { Told } from './told.ts';
import { chosen, guess, sure } from './told.ts';
import type { Verdict } from './verdict.ts';

/** A bar's stamp, and the milliseconds from its start to it. */
interface StampFound {
  readonly stamp: Told<string>;
  readonly stampMs: number;
  /** It may be chosen. */
  readonly isOpen: boolean;
}

export function recordStamp(kind: string, { stamp, intervalMs }: Chosen): StampFound {
  const why = `${kind} are of one moment, so that there is none to choose`;
  if (stamp !== null) throw misfit('stamp', stamp, why);
  if (intervalMs !== null) throw misfit('interval', intervalText(intervalMs), why);
  return { stamp: sure('instant', `${kind} are of one moment`), stampMs: 0, isOpen: false };
}

/**
 * Whether bars are stamped with their start or their end: as chosen, as the format or the column's name says, else the start. The
 * verdict of the calendar comes before what a format mostly has. Days have no such question: their date is that of the session.
 */
export function stampOf(
  format: Format,
  sample: Sample,
  { columns, time }: TimeColumns,
  wanted: Chosen,
  verdict: Verdict | null,
): StampFound {
  const closest = closestOf(time.instants);
  // One record tells nothing.
  const isOpen = closest < day || closest === Infinity;
  refuseInterval(wanted.intervalMs, closest);
  if (wanted.stamp === 'end' && !isOpen)
    throw misfit('stamp', 'end', 'the records are of days, whose date is that of the session');
  const name = columns.time === undefined ? undefined : sample.header?.[columns.time];
  const mostly = format.stamp?.(sample);
  const byEvidence = mostly?.certainty !== 'sure' && isOpen ? verdict?.stamp : null;
  const byClock =
    time.endsDay && closest !== Infinity
      ? sure<Stamp>('end', 'some times are 24:00, at which a day ends and no bar starts')
      : null;
  const byFormat = wanted.stamp === null ? (byClock ?? byEvidence ?? mostly) : chosen(wanted.stamp);
  if (byFormat?.value === 'end') {
    if (!isOpen) return { stamp: sure('start', 'the records are of days'), stampMs: 0, isOpen };
    const { told } = intervalOfFirst(time.instants, wantedInterval(wanted), false);
    const reason = `${byFormat.reason}; ${intervalText(told.value)} was taken off: ${told.reason}`;
    const certainty = told.certainty === 'guess' ? 'guess' : byFormat.certainty;
    return { stamp: { value: 'end', reason, certainty }, stampMs: told.value, isOpen };
  }
  if (wanted.stamp === null && name !== undefined && saysStart(name))
    return { stamp: sure('start', `the column is called "${name}"`), stampMs: 0, isOpen };
  const unsaid = 'the text does not say whether times are starts or ends; most files have starts';
  return { stamp: byFormat ?? guess<Stamp>('start', unsaid), stampMs: 0, isOpen };
}

/** The interval that was chosen. */
export function wantedInterval({ intervalMs }: Chosen): Told<number> | null {
  return intervalMs === null ? null : chosen(intervalMs);
}

function refuseInterval(wanted: number | null, closest: number): void {
  if (wanted === null || fitsSteps(wanted, closest)) return;
  const apart = closest % second === 0 ? intervalText(closest) : `${closest} ms`;
  throw misfit('interval', intervalText(wanted), `of the first bars there are some that are ${apart} apart`);
}
