import type { Proof } from '../config/proof.ts';
import type { ProofVerdict } from '../session/proof.ts';
import type { RunReport } from '../session/report.ts';
import { isoText } from '../time/instant.ts';

/** What the terminal says of a run that was held against the proof of its link: a row a question, then where the two part. */
export function proofWords(proof: Proof, verdict: ProofVerdict, { fingerprint, app }: RunReport): string {
  const row = (what: string, same: boolean, detail: string): string =>
    `${what.padEnd(14)}${(same ? 'yes' : 'no').padEnd(5)}${detail}`;
  const rows = [
    row('same data', verdict.data.length === 0, verdict.data.map(difference).join('; ')),
    row('same settings', verdict.settings.length === 0, verdict.settings.map(difference).join('; ')),
    row(
      'same engine',
      verdict.engine === null,
      verdict.engine ? `${proof.engine} in the link, ${app.version} here` : app.version,
    ),
    row(
      'same result',
      verdict.sameResult,
      verdict.sameResult ? proof.fingerprint : `${proof.fingerprint} in the link, ${fingerprint} here`,
    ),
  ];
  const otherBars =
    verdict.sameResult && verdict.data.length > 0
      ? ['warning: the same result, over other bars than the link means: what was played of them is the same']
      : [];
  return [...rows, ...otherBars, ...partingWords(verdict)].map((line) => line.trimEnd()).join('\n');
}

function difference({ what, one, other }: { what: string; one: unknown; other: unknown }): string {
  return `${what}: ${shown(one)} in the link, ${shown(other)} here`;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);
}

function partingWords({ sameResult, isAligned, sessions, parting }: ProofVerdict): string[] {
  if (sameResult) return [];
  const others = sessions ? [`other sessions: ${difference(sessions)}`] : [];
  if (!isAligned) return [...others, 'first difference: the first session is another one'];
  if (!parting) return [...others, 'the sessions that the link has marks of are the same'];
  const { date, lastDate, slots, at } = parting;
  const when = date === lastDate ? `session ${date}` : `a session from ${date} to ${lastDate}`;
  if (!slots) return [...others, `first difference: ${when}${date === lastDate ? ', at its close' : ''}`];
  const [from, to] = slots;
  const steps = from === to ? `step ${from + 1}` : `one of the steps ${from + 1} to ${to + 1}`;
  const times = !at ? '' : from === to ? `, at ${isoText(at[0])}` : `, from ${isoText(at[0])} to ${isoText(at[1])}`;
  return [...others, `first difference: ${when}, ${steps}${times}`];
}
