import type { Config } from '../config/schema.ts';
import { mostMarks, type Proof, type ProvenData } from '../config/proof.ts';
import type { Instant } from '../time/instant.ts';
import { linksOf } from './account.ts';
import { settingDifferences, slotEnd, type Difference, type SettingDifference } from './compare.ts';
import { named, type DatasetFacts } from './dataset-facts.ts';
import { appVersion, type RunOutline, type SessionReport } from './report.ts';

/** What a run that is over proves. `datasets` are those that it was planned with. Throws advice for a run that a link cannot repeat. */
export function proofOf(report: RunOutline, datasets: readonly DatasetFacts[]): Proof {
  const { fingerprint, sessions } = report;
  if (fingerprint === null || sessions.length === 0)
    throw new Error('no session of this run has ended; play it to its end');
  if (report.interventions)
    throw new Error('streams were cancelled or history was loaded by hand in this run, which a link does not carry');
  const slots = sessions.map(slotsOf);
  const sessionStride = Math.ceil(sessions.length / mostMarks);
  const most = Math.max(...slots);
  // The shortest stride with which the marks fit; each session has one at its end besides.
  let slotStride = 1;
  const count = (): number => slots.reduce((sum, each) => sum + Math.floor(each / slotStride) + 1, 0);
  while (slotStride <= most && count() > mostMarks) slotStride++;
  if (slotStride > most) slotStride = 0;
  return {
    engine: report.app.version,
    fingerprint,
    data: usedData(report, datasets),
    first: sessions[0]!.date,
    last: sessions.at(-1)!.date,
    sessions: sessions.length,
    sessionStride,
    slotStride,
    marks: marksOf(sessions, sessionStride, slotStride),
  };
}

/** Where a run parts from a proof: after the last mark in which they agree, and at the latest where the next one stands. */
export interface ProofParting {
  /** The session, and where sessions in a row have no mark the last of them. */
  readonly date: string;
  readonly lastDate: string;
  /** Base slots of that session, both included; null where the proof has no marks within it, or it parts at its close. */
  readonly slots: readonly [number, number] | null;
  /** The ends of those slots, where the calendar still gives that session as it was. */
  readonly at: readonly [Instant, Instant] | null;
}

/** In what a set-up differs from the one that a proof is of; `one` is what the link has. */
export interface ProofStanding {
  readonly engine: Difference | null;
  readonly data: readonly Difference[];
  /** Those that matter; which datasets gaps are filled from is told with the data. */
  readonly settings: readonly SettingDifference[];
}

/** Whether a run came out as a proof says. */
export interface ProofVerdict extends ProofStanding {
  readonly sameResult: boolean;
  /** Whether both begin with the same session; else no mark is of the same as the one it is held against. */
  readonly isAligned: boolean;
  /** Null where the results are the same, where no mark differs, or none can be held against another. */
  readonly parting: ProofParting | null;
  /** The sessions that each has, where they are others. */
  readonly sessions: Difference | null;
}

/** Holds a set-up, or a run that began, against a proof. `link` is the configuration beside the proof. */
export function standingOf(
  proof: Proof,
  link: Config,
  run: Pick<RunOutline, 'config' | 'data'>,
  datasets: readonly DatasetFacts[],
): ProofStanding {
  const settings = settingDifferences({ config: link }, run);
  return {
    engine: proof.engine === appVersion ? null : { what: 'version', one: proof.engine, other: appVersion },
    data: dataDifferences(proof.data, usedData(run, datasets)),
    settings: settings.filter(({ matters, what }) => matters && what !== 'data.fillFrom'),
  };
}

/** Holds a run that is over against a proof. `datasets` are those that it was planned with. */
export function checkProof(
  proof: Proof,
  link: Config,
  report: RunOutline,
  datasets: readonly DatasetFacts[],
): ProofVerdict {
  const sameResult = report.fingerprint === proof.fingerprint;
  const isAligned = report.sessions[0]?.date === proof.first;
  const [ours, theirs] = [rangeOf(report.sessions), rangeOf(proof)];
  return {
    ...standingOf(proof, link, report, datasets),
    sameResult,
    isAligned,
    parting: sameResult || !isAligned ? null : partingOf(proof, report),
    sessions: ours === theirs ? null : { what: 'sessions', one: theirs, other: ours },
  };
}

/**
 * The configuration of a link with its datasets named by the hashes of its proof, where bars of that hash are here under another name
 * or beside others of its name; bars that are not here keep the name they were asked for by.
 */
export function byHash(config: Config, { data }: Proof, datasets: readonly DatasetFacts[]): Config {
  const isHere = (sha256: string): boolean => datasets.some((each) => each.sha256 === sha256);
  const renamed = (name: string, use: ProvenData['use']): string => {
    const meant = data.find((each) => each.use === use && each.dataset === name);
    return meant && isHere(meant.sha256) && named(datasets, name)?.sha256 !== meant.sha256 ? meant.sha256 : name;
  };
  const played = data.filter(({ use }) => use === 'played');
  const { dataset, fillFrom, streams } = config.data;
  const only = played.length === 1 && streams === null && isHere(played[0]!.sha256) ? played[0]!.sha256 : null;
  return {
    ...config,
    data: {
      ...config.data,
      dataset: dataset === null ? only : renamed(dataset, 'played'),
      fillFrom: fillFrom.map((name) => renamed(name, 'filled from')),
    },
  };
}

function slotsOf(session: SessionReport): number {
  return linksOf(session)?.length ?? 0;
}

/** The marks of a session: of every so many slots the link, and its digest at the end. */
function marksIn(session: SessionReport, slotStride: number): number[] {
  const links = linksOf(session) ?? new Int32Array(0);
  const marks: number[] = [];
  if (slotStride > 0)
    for (let slot = slotStride - 1; slot < links.length; slot += slotStride) marks.push(links[slot]! & 0xffff);
  marks.push(parseInt(session.digest.slice('sha256:'.length, 'sha256:'.length + 4), 16));
  return marks;
}

function marksOf(sessions: readonly SessionReport[], sessionStride: number, slotStride: number): Uint16Array {
  return Uint16Array.from(
    sessions.flatMap((session, i) => ((i + 1) % sessionStride === 0 ? marksIn(session, slotStride) : [])),
  );
}

function partingOf({ marks, sessionStride, slotStride }: Proof, report: RunOutline): ProofParting | null {
  let at = 0;
  for (let i = sessionStride - 1; i < report.sessions.length; i += sessionStride) {
    const session = report.sessions[i]!;
    const own = marksIn(session, slotStride);
    for (let k = 0; k < own.length; k++, at++) {
      if (own[k] === marks[at]) continue;
      const slots = slotsOf(session);
      const [from, to] = [k * slotStride, Math.min((k + 1) * slotStride, slots) - 1];
      const isWithin = slotStride > 0 && from <= to && k < own.length;
      const ends = isWithin ? [slotEnd(report, session, from), slotEnd(report, session, to)] : [];
      return {
        date: report.sessions[i - sessionStride + 1]!.date,
        lastDate: session.date,
        slots: isWithin ? [from, to] : null,
        at: ends.length === 2 && ends[0] !== null && ends[1] !== null ? [ends[0]!, ends[1]!] : null,
      };
    }
  }
  return null;
}

function rangeOf(of: Pick<Proof, 'first' | 'last' | 'sessions'> | readonly SessionReport[]): string {
  const [first, last, count] =
    'first' in of ? [of.first, of.last, of.sessions] : [of[0]?.date, of.at(-1)?.date, of.length];
  return `${count}, ${first} to ${last}`;
}

/** The bars that a run used, by dataset. */
export function usedData(report: Pick<RunOutline, 'data' | 'config'>, datasets: readonly DatasetFacts[]): ProvenData[] {
  const played = new Map<string, ProvenData & { symbols: string[] }>();
  for (const { dataset, symbol, interval, sha256, adjustments } of report.data) {
    const key = `${sha256} ${interval}`;
    const adjusted = adjustments === undefined ? {} : { adjustments };
    const before = played.get(key) ?? { dataset, sha256, interval, use: 'played', ...adjusted, symbols: [] };
    before.symbols.push(symbol);
    played.set(key, before);
  }
  const filled = report.config.data.fillFrom.flatMap((text): ProvenData[] => {
    const found = named(datasets, text);
    if (!found) return [];
    return [{ dataset: found.name, sha256: found.sha256, interval: found.interval, use: 'filled from', symbols: [] }];
  });
  return [...played.values(), ...filled];
}

function dataDifferences(proven: readonly ProvenData[], own: readonly ProvenData[]): Difference[] {
  const byUse = (data: readonly ProvenData[], use: ProvenData['use']): readonly ProvenData[] =>
    data.filter((each) => each.use === use);
  return (['played', 'filled from'] as const).flatMap((use) => {
    const [theirs, ours] = [byUse(proven, use), byUse(own, use)];
    return Array.from({ length: Math.max(theirs.length, ours.length) }, (_, i): Difference[] => {
      const [one, other] = [theirs[i], ours[i]];
      const name = one?.dataset ?? other!.dataset;
      if (one?.sha256 !== other?.sha256 || one?.interval !== other?.interval)
        return [{ what: `${use}: ${name}`, one: one?.sha256, other: other?.sha256 }];
      if (one?.adjustments === other?.adjustments) return [];
      return [{ what: `splits and dividends of ${name}`, one: one?.adjustments, other: other?.adjustments }];
    }).flat();
  });
}
