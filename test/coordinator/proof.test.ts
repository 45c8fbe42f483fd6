import { beforeAll, describe, expect, test } from 'vitest';
import type { BarColumns } from '../../src/bars/columns.ts';
import { loadFile } from '../../src/cli/load.ts';
import { playToEnd } from '../../src/cli/play.ts';
import { decodeLink, encodeLink } from '../../src/config/link.ts';
import { mostMarks, type Proof } from '../../src/config/proof.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import type { DatasetFacts } from '../../src/session/dataset-facts.ts';
import { byHash, checkProof, proofOf } from '../../src/session/proof.ts';
import type { RunReport } from '../../src/session/report.ts';
import { barsCsv } from '../support/bars-csv.ts';
import { onDisk } from '../support/play-files.ts';
import type { configWith } from '../support/synthetic.ts';
import { planOf, randomWalk } from '../support/synthetic.ts';

interface Run {
  readonly report: RunReport;
  readonly datasets: readonly DatasetFacts[];
}

/** Stores bars as an import does, under the hash of what they are. */
async function keep(store: MemoryStore, name: string, columns: BarColumns): Promise<void> {
  const [path] = await onDisk({ name: `${name}.csv`, text: barsCsv(columns) });
  await loadFile(path!, store, 'UTC');
}

async function play(
  [from, to]: readonly [string, string],
  change: (columns: BarColumns) => void = () => undefined,
  settings: Parameters<typeof configWith>[0] = {},
): Promise<Run> {
  const store = new MemoryStore();
  const columns = randomWalk(from, to, 3);
  change(columns);
  await keep(store, 'feed', columns);
  await keep(store, 'source', randomWalk(from, to, 4));
  const plan = await planOf(store, { ...settings, data: { dataset: 'feed', fillFrom: ['source'] } });
  return { report: await playToEnd(plan, store), datasets: await store.list() };
}

const few = ['2024-11-26', '2024-11-29'] as const;
let run: Run;
let proof: Proof;
beforeAll(async () => {
  run = await play(few);
  proof = proofOf(run.report, run.datasets);
});

const check = ({ report, datasets }: Run, of = proof): ReturnType<typeof checkProof> =>
  checkProof(of, run.report.config, report, datasets);

describe('a proof', () => {
  test('travels in a link, behind the set-up', async () => {
    const link = await encodeLink(run.report.config, proof);
    expect(link).toMatch(/^#c=[\w-]+&proof=[\w-]+$/);
    expect(await decodeLink(`https://tapedeck.example/${link}`)).toMatchObject({
      ok: true,
      config: run.report.config,
      proof,
    });
    expect(link.length).toBeLessThan(4_500);
  });

  test('is met by the same run again, at any speed and after any rename', async () => {
    const again = await play(few, undefined, { replay: { speed: 'max' } });
    expect(check(again)).toEqual({
      sameResult: true,
      engine: null,
      data: [],
      settings: [],
      isAligned: true,
      parting: null,
      sessions: null,
    });
    const renamed = again.datasets.map((each) => (each.name === 'feed' ? { ...each, name: 'bars' } : each));
    expect(byHash(run.report.config, proof, renamed).data).toMatchObject({
      dataset: proof.data[0]!.sha256,
      fillFrom: ['source'],
    });
    expect(byHash(run.report.config, proof, again.datasets)).toEqual(run.report.config);
    expect(byHash(run.report.config, proof, []).data.dataset).toBe('feed');
  });

  // The mark before the change is the same, and the one after it is not: no mark lies more than a stride from it.
  test.each([0, 1, 389, 390, 500, 779, 900])('names where another bar %i makes the run part from it', async (index) => {
    const other = await play(few, ({ close, high }) => {
      close[index] = close[index]! + 0.25;
      high[index] = Math.max(high[index]!, close[index]!);
    });
    const verdict = check(other);
    expect([verdict.sameResult, verdict.settings]).toEqual([false, []]);
    expect(verdict.data).toMatchObject([{ what: 'played: feed' }]);
    const [session, slot] = [Math.floor(index / 390), index % 390];
    const { date, open } = run.report.sessions[session]!;
    expect(verdict.parting).toMatchObject({ date, lastDate: date });
    const [from, to] = verdict.parting!.slots!;
    expect(from).toBeLessThanOrEqual(slot);
    expect(to).toBeGreaterThanOrEqual(slot);
    expect(to - from).toBeLessThan(proof.slotStride);
    expect(verdict.parting!.at).toEqual([from, to].map((each) => Date.parse(open) + (each + 1) * 60_000));
  });

  test('says of other settings and other sessions which they are', async () => {
    const dropped = check(await play(few, undefined, { feed: { dropRate: 0.1 } }));
    expect(dropped).toMatchObject({
      sameResult: false,
      data: [],
      settings: [{ what: 'feed.dropRate' }],
    });
    const shorter = check(await play(['2024-11-26', '2024-11-27']));
    expect(shorter.sessions).toEqual({
      what: 'sessions',
      one: '3, 2024-11-26 to 2024-11-29',
      other: '2, 2024-11-26 to 2024-11-27',
    });
    expect(shorter.isAligned).toBe(true);
    const later = check(await play(['2024-11-27', '2024-11-29']));
    expect(later).toMatchObject({ sameResult: false, isAligned: false, parting: null });
  });

  test('has exact steps of a short run, and sessions alone of a long one, never more marks than fit', async () => {
    const one = await play(['2024-11-26', '2024-11-26']);
    expect(proofOf(one.report, one.datasets).slotStride).toBe(1);
    const [session] = one.report.sessions;
    for (const count of [3, 40, 1_499, 1_500, 1_501, 5_000]) {
      const long = { ...one.report, sessions: Array.from({ length: count }, () => session!) };
      const { marks, sessionStride } = proofOf(long, one.datasets);
      expect(marks.length).toBeLessThanOrEqual(mostMarks);
      expect(sessionStride).toBe(Math.ceil(count / mostMarks));
      expect((await encodeLink(one.report.config, proofOf(long, one.datasets))).length).toBeLessThan(4_500);
    }
  });

  test('is refused where nothing was played, or by hand', () => {
    expect(() => proofOf({ ...run.report, sessions: [] }, run.datasets)).toThrow(/no session of this run has ended/);
    expect(() => proofOf({ ...run.report, interventions: [] }, run.datasets)).toThrow(/by hand/);
  });
});
