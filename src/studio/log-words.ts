import { LogCode, LogLoop, type LogRecord } from '../memory/log.ts';
import type { RunPlan } from '../session/plan.ts';
import { sessionStates, stateCauses } from '../session/state.ts';
import type { SlotAxis } from './chart/slot-axis.ts';
import { countLabel, minuteLabel, percentLabel, several } from './labels.ts';

/** `pre-market` as words: `pre-market`; `not-started`: `not started`. */
export function stateWords(state: string): string {
  return state === 'pre-market' || state === 'post-market' ? state : state.replaceAll('-', ' ');
}

/** A record of the run log as a sentence. `session` is the one that the record is about; undefined when it is not known. */
export function logWords(record: LogRecord, plan: RunPlan, axis: SlotAxis, session: number | undefined): string {
  const { code, symbol, a, b, loop } = record;
  const name = plan.symbols[symbol]?.name ?? '';
  const slotTime = (slot: number): string =>
    session === undefined ? `slot ${slot}` : minuteLabel(axis.start({ session, slot }), plan.zone);
  switch (code) {
    case LogCode.state:
      return `session ${stateWords(sessionStates[a] ?? 'error')} · ${stateCauses[b] ?? 'no cause given'}`;
    case LogCode.missing:
      return `upkeep: ${name} has ${several(a, 'bar')} missing ${a === 1 ? 'at' : 'from'} ${slotTime(b)}`;
    case LogCode.filled:
      return `upkeep filled ${name} ${slotTime(a)} from ${plan.fillSources[b]?.name ?? 'a fill source'}`;
    case LogCode.gaveUp:
      return `upkeep gave up on ${name} ${slotTime(b)} after ${several(a, 'look-up')}: no source has it`;
    case LogCode.sessionEnd:
      return `session closed at ${percentLabel(a / 1_000)} quality, ${b === 0 ? 'nothing' : several(b, 'bar')} missing`;
    case LogCode.prefetchHit:
      return 'next session was ready at its open';
    case LogCode.prefetchMiss:
      return `next session was not ready: waited ${countLabel(a / 1_000)} ms for it`;
    case LogCode.history:
      return `history of ${several(a, 'session')} in place, ${several(b, 'bar')}`;
    case LogCode.askedNext:
      return `upkeep asked for the next session, ${several(Math.round(a / 60), 'minute')} before the close`;
    case LogCode.waits:
      return a === 0
        ? 'session.autoRoll is off: press Play to go on to the next session'
        : 'prefetch.autoActivate is off: press Play to open the session';
    default:
      return `${loop === LogLoop.upkeep ? 'upkeep' : 'coordinator'} reported ${code}`;
  }
}

/** The session of the run whose day, or the evening before it, holds an instant. */
export function sessionAt(plan: RunPlan, at: number): number | undefined {
  let low = 0;
  let high = plan.sessions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (plan.sessions[middle]!.dayEnd <= at) low = middle + 1;
    else high = middle;
  }
  return low < plan.sessions.length ? low : undefined;
}
