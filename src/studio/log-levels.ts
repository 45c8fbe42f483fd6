import { LogCode, type LogRecord } from '../memory/log.ts';
import { sessionStates } from '../session/state.ts';

/** How much a line of the log matters, the most first. */
const logLevels = ['error', 'warning', 'info'] as const;

export type LogLevel = (typeof logLevels)[number];

const timedOut = sessionStates.indexOf('timed-out');
const failed = sessionStates.indexOf('error');

/** `error`: something was not played or read. `warning`: bars are lost, late for good, made up or waited for. `info`: the rest. */
export function levelOf({ code, a }: Pick<LogRecord, 'code' | 'a'>): LogLevel {
  switch (code) {
    case LogCode.state:
      return a === failed ? 'error' : a === timedOut ? 'warning' : 'info';
    case LogCode.unreadable:
      return 'error';
    case LogCode.missing:
    case LogCode.gaveUp:
    case LogCode.madeUp:
    case LogCode.stale:
    case LogCode.rejected:
    case LogCode.outageBegan:
    case LogCode.offGrid:
    case LogCode.prefetchMiss:
    case LogCode.waits:
      return 'warning';
    default:
      return 'info';
  }
}

/** Whether a level is the least that is wanted, or matters more. */
export function isAtLeast(level: LogLevel, least: LogLevel): boolean {
  return logLevels.indexOf(level) <= logLevels.indexOf(least);
}
