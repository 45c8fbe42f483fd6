import type { Proof } from '../config/proof.ts';
import type { Difference } from '../session/compare.ts';
import type { ProofStanding, ProofVerdict } from '../session/proof.ts';
import { appVersion } from '../session/report.ts';
import { valueWords } from './comparison-words.ts';
import { dayLabel, several, timeLabel, zoneLabel } from './labels.ts';

/** How a run stands to the result that a link says it has. */
export type ProofState = 'open' | 'reproduced' | 'other-bars' | 'differs';

/** A result that came out the same over other bars is not reproduced: it was met where nobody looked for it. */
export function proofState(verdict: ProofVerdict | undefined): ProofState {
  if (!verdict) return 'open';
  if (!verdict.sameResult) return 'differs';
  return verdict.data.length === 0 ? 'reproduced' : 'other-bars';
}

export const badgeWords: Readonly<Record<ProofState, string>> = {
  open: 'Result to check',
  reproduced: 'Reproduced',
  'other-bars': 'Same result, other bars',
  differs: 'Not reproduced',
};

/** What it comes to, in a sentence. */
export function stateSentence(state: ProofState): string {
  if (state === 'reproduced') return 'This run came out as the link says, step by step.';
  if (state === 'other-bars')
    return 'This run came out as the link says, but its bars are not those that the link means: what it played of them is the same.';
  if (state === 'differs') return 'This run came out differently from what the link says.';
  return 'The link says what came of its set-up. Play it to the end, and this page says whether it comes out the same.';
}

/** A question about a proof, its answer, and what there is to say of it. `same` is null while it is not known. */
export interface ProofRow {
  readonly question: string;
  readonly same: boolean | null;
  readonly details: readonly string[];
}

/** `bars` says what there is to say of the bars that the link wants. */
export function proofRows(
  proof: Proof,
  standing: ProofStanding,
  verdict: ProofVerdict | undefined,
  zone: string,
  bars: readonly string[],
): ProofRow[] {
  const { data, settings, engine } = standing;
  return [
    { question: 'Same bars?', same: data.length === 0, details: bars },
    { question: 'Same settings?', same: settings.length === 0, details: settings.map(differenceWords) },
    {
      question: 'Same engine?',
      same: engine === null,
      details: [engine === null ? `Tapedeck ${appVersion}` : `${proof.engine} in the link, ${appVersion} here`],
    },
    { question: 'Same result?', same: verdict?.sameResult ?? null, details: resultWords(proof, verdict, zone) },
  ];
}

function differenceWords({ what, one, other }: Difference): string {
  return `${what}: ${valueWords(one)} in the link, ${valueWords(other)} here`;
}

function resultWords(proof: Proof, verdict: ProofVerdict | undefined, zone: string): string[] {
  if (!verdict) return [`The link says ${valueWords(proof.fingerprint)}, over ${several(proof.sessions, 'session')}.`];
  if (verdict.sameResult) return [`${several(proof.sessions, 'session')}, ${valueWords(proof.fingerprint)}`];
  const { isAligned, sessions, parting } = verdict;
  const others = sessions
    ? [`Other sessions: ${String(sessions.one)} in the link, ${String(sessions.other)} here.`]
    : [];
  if (!isAligned) return [...others, 'They part with the first session, which is another one.'];
  if (!parting) return [...others, 'The sessions that the link has marks of are the same.'];
  const { date, lastDate, slots, at } = parting;
  if (date !== lastDate)
    return [...others, `They part between the sessions of ${dayLabel(date)} and ${dayLabel(lastDate)}.`];
  if (!slots) return [...others, `They part in the session of ${dayLabel(date)}, after its last mark.`];
  const [from, to] = slots;
  const steps = from === to ? `at step ${from + 1}` : `between the steps ${from + 1} and ${to + 1}`;
  const when = (i: 0 | 1): string => timeLabel(at![i], zone);
  const times = !at
    ? ''
    : from === to
      ? ` (${when(0)} ${zoneLabel(at[0], zone)})`
      : ` (${when(0)} to ${when(1)} ${zoneLabel(at[0], zone)})`;
  return [...others, `They part in the session of ${dayLabel(date)}, ${steps}${times}.`];
}
