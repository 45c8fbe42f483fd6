import type { Finding } from '../config/finding.ts';
import { day, minute, second } from '../time/instant.ts';
import type { Session } from '../time/session.ts';
import { findInto } from './find.ts';
import type { RunPlan } from './plan.ts';
import { blockBytes } from './shape.ts';

/** Of the machine's memory: with more than that a browser may refuse the block of a run. */
const dubiousShare = 0.25;

/**
 * Warns of settings that are right each by itself and come to nothing together, and of a run that takes much of the memory that the
 * machine has, before any of it is allocated. What nobody wrote is not warned of: defaults are made for all calendars.
 */
export function checkTogether(
  plan: RunPlan,
  isGiven: (setting: string) => boolean,
  machineBytes = Infinity,
): Finding[] {
  const { session, upkeep, data, prefetch } = plan.config;
  const findings: Finding[] = [];
  const find = findInto(findings);
  const bytes = blockBytes(plan);
  if (bytes > machineBytes * dubiousShare)
    find(
      'warning',
      'data.symbols',
      data.symbols,
      `The run needs ${Math.ceil(bytes / 1e6)} MB of memory, and this machine has ${Math.round(machineBytes / 1e6)} MB; up to ${Math.floor((machineBytes * dubiousShare) / 1e6)} MB it is sure to get. Choose fewer symbols or a shorter history.`,
    );
  if (!upkeep.enabled && data.fillFrom.length > 0)
    find(
      'warning',
      'upkeep.enabled',
      false,
      `upkeep.enabled was false and data.fillFrom names ${data.fillFrom.join(', ')}; nothing is filled from there unless upkeep is on`,
      true,
    );
  // Where years roll, a session of the plan is none of the market's.
  if (plan.intervals[0]!.ms >= day) return findings;
  const sessions = plan.sessions.slice(plan.firstPlayed);
  const { rollDelayMinutes } = session;
  let shortest = Infinity;
  let before: Session | undefined;
  for (const [i, { open }] of sessions.slice(1).entries()) {
    const nightMinutes = Math.floor((open - sessions[i]!.close) / minute);
    if (nightMinutes >= shortest) continue;
    shortest = nightMinutes;
    before = sessions[i]!;
  }
  if (before && isGiven('session.rollDelayMinutes') && rollDelayMinutes > shortest)
    find(
      'warning',
      'session.rollDelayMinutes',
      rollDelayMinutes,
      `session.rollDelayMinutes was ${rollDelayMinutes}; the next session opens ${shortest} minutes after the close of ${before.date}, and the delay ends there; ${shortest} is the most that holds everywhere`,
      shortest,
    );
  const longest = Math.max(...sessions.map(({ open, close }) => close - open));
  if (isGiven('upkeep.checkIntervalSeconds') && upkeep.enabled && upkeep.checkIntervalSeconds * second > longest)
    find(
      'warning',
      'upkeep.checkIntervalSeconds',
      upkeep.checkIntervalSeconds,
      `upkeep.checkIntervalSeconds was ${upkeep.checkIntervalSeconds}; no session is longer than ${longest / second} seconds, so gaps are looked for at its end alone`,
      longest / second,
    );
  if (isGiven('prefetch.windowMinutes') && prefetch.enabled && prefetch.windowMinutes * minute > longest)
    find(
      'warning',
      'prefetch.windowMinutes',
      prefetch.windowMinutes,
      `prefetch.windowMinutes was ${prefetch.windowMinutes}; no session is longer than ${longest / minute} minutes, so the next one is asked for at the open`,
      longest / minute,
    );
  return findings;
}
