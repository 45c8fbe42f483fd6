import { describe, expect, test } from 'vitest';
import { isVisible } from '../../src/bars/provenance.ts';
import { MemoryStore } from '../../src/library/memory-store.ts';
import { stateOffset } from '../../src/memory/block.ts';
import { putCommand, Verb } from '../../src/memory/commands.ts';
import { Word } from '../../src/memory/layout.ts';
import { countsAt, type Intervention } from '../../src/session/intervention.ts';
import { runStart } from '../../src/session/origin.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import type { RunReport } from '../../src/session/report.ts';
import { timelineOf } from '../../src/session/run-timeline.ts';
import type { SessionState } from '../../src/session/state.ts';
import { calendar } from '../../src/time/calendar.ts';
import { minute } from '../../src/time/instant.ts';
import type { Session } from '../../src/time/session.ts';
import { DrivenRun } from '../support/driven-run.ts';
import { planOf, seeded, storeDataset } from '../support/synthetic.ts';
import { walkOver } from '../support/walk.ts';

/** Which state may follow which within a session, told anew. */
const after: Readonly<Record<SessionState, readonly SessionState[]>> = {
  'not-started': ['pre-market'],
  'pre-market': ['active'],
  active: ['post-market', 'timed-out'],
  'post-market': ['ended'],
  'timed-out': ['ended'],
  ended: [],
  error: [],
};

interface Luck {
  /** From 0 to 1. */
  readonly random: () => number;
  pick(n: number): number;
  one<T>(...of: readonly T[]): T;
}

function luckOf(seed: number): Luck {
  const random = seeded(seed);
  const pick = (n: number): number => Math.floor(random() * n);
  return { random, pick, one: (...of) => of[pick(of.length)]! };
}

/** A small run of random bars, calendar, lengths, faults and settings. */
async function anyRun({ random, pick, one }: Luck, seed: number): Promise<{ plan: RunPlan; store: MemoryStore }> {
  const name = one('XNYS', 'XTKS', 'XLON', '24/5', 'CMES');
  const days = calendar(name).sessions('2024-11-18', '2024-12-04');
  const baseMinutes = name === '24/5' || name === 'CMES' ? 15 : one(1, 5);
  const store = new MemoryStore();
  const has = 0.5 + random() / 2;
  const silentFrom = one(0, 0, 3);
  const tapes = (shift: number, share: number) =>
    Object.fromEntries(
      ['A', 'B', 'C'].map((symbol, s) => [
        symbol,
        walkOver(
          days,
          seed * 10 + s + shift,
          (_, slot, session) =>
            random() < share && !(shift === 0 && silentFrom > 0 && session > 8 && slot > silentFrom),
          baseMinutes * minute,
        ),
      ]),
    );
  const interval = `${baseMinutes}m`;
  await storeDataset(store, 'feed', tapes(0, has), interval, baseMinutes * minute);
  await storeDataset(store, 'source', tapes(5, 0.8), interval, baseMinutes * minute);
  const rate = (): number => one(0, 0, 0.2);
  const plan = await planOf(store, {
    data: {
      dataset: 'feed',
      fillFrom: one<string[]>([], ['source'], ['feed', 'source']),
      from: days[8]!.date,
      to: days[8 + pick(4)]!.date,
    },
    session: {
      calendar: name,
      autoRoll: random() < 0.7,
      timeoutSeconds: one(300, 1_800),
      rollDelayMinutes: one(0, 30),
    },
    feed: {
      seed,
      dropRate: rate(),
      delayRate: rate(),
      delayMinutes: one(2, 30),
      reorderRate: rate(),
      duplicateRate: rate(),
      corruptRate: rate(),
    },
    upkeep: {
      enabled: random() < 0.8,
      checkIntervalSeconds: one(60, 450, 1_800),
      maxRetries: pick(4),
      carryLastPrice: random() < 0.2,
      derivedIntervals: one<string[]>([], [`${baseMinutes * 2}m`], [`${baseMinutes * 3}m`, `${baseMinutes * 7}m`]),
    },
    history: { trailingDays: pick(4), autoLoad: random() < 0.7, intervals: [interval] },
    prefetch: { enabled: random() < 0.7, autoActivate: random() < 0.7 },
    replay: { speed: one<number | 'max'>('max', 60, 6_000) },
  });
  return { plan, store };
}

/** Base slots of a session, counted from its hours. */
function slotsOf({ open, close, breaks }: Session, ms: number): number {
  const edges = [open, ...breaks.flatMap(({ start, end }) => [start, end]), close];
  let slots = 0;
  for (let i = 0; i < edges.length; i += 2) slots += Math.ceil((edges[i + 1]! - edges[i]!) / ms);
  return slots;
}

/** What must be true of a run whenever its coordinator has come back. */
class Witness {
  private readonly run: DrivenRun;
  private readonly plan: RunPlan;
  private readonly ofSession = new Map<number, SessionState[]>();
  private clock = 0;
  private tick = 0;

  constructor(run: DrivenRun) {
    this.run = run;
    this.plan = run.plan;
  }

  /** Base slots that were played, trailing sessions included. */
  get ticks(): number {
    const { run } = this;
    return timelineOf(this.plan).firstTick(run.session) + run.slots;
  }

  look(): void {
    const { run } = this;
    const { block, session, sessionState } = run;
    expect(this.ticks).toBeGreaterThanOrEqual(this.tick);
    this.tick = this.ticks;
    expect(block.cells[0]!).toBeGreaterThanOrEqual(this.clock);
    this.clock = block.cells[0]!;
    const way = this.ofSession.get(session) ?? [];
    if (way.at(-1) !== sessionState) this.ofSession.set(session, [...way, sessionState]);
    for (const counter of [Word.epoch, Word.metricsRevision, Word.mendRevision])
      expect(block.words[counter]! & 1).toBe(0);
    const base = block.slabs[0]!;
    const from = stateOffset(base, session);
    const visible = new Int32Array(block.symbols);
    let last = -1;
    for (let i = 0; i < base.slots * block.symbols; i++)
      if (isVisible(base.states[from + i]!)) {
        visible[i % block.symbols]!++;
        last = i;
      }
    if (session < this.plan.firstPlayed) return;
    expect([...block.counts.subarray(0, block.symbols)]).toEqual([...visible]);
    // A bar of a slot that was not played yet would be a look ahead.
    expect(Math.floor(last / block.symbols)).toBeLessThan(run.slots);
  }

  /** States that were seen between two turns follow each other as they may, one or more steps at a time. */
  settle(): void {
    for (const [session, way] of this.ofSession)
      way.forEach((state, i) => {
        const before = way[i - 1];
        if (before === undefined || session < this.plan.firstPlayed) return;
        const reachable = new Set<SessionState>([before]);
        for (const each of reachable) for (const next of after[each]) reachable.add(next);
        expect([...reachable], `session ${session}: ${way.join(', ')}`).toContain(state);
      });
  }
}

/** The accounts of a report: its own sums, the calendar's slots, and the states of each session. */
function checkReport(plan: RunPlan, { sessions, totals, interventions = [] }: RunReport): void {
  const sums = { expected: 0, streamed: 0, filled: 0, missing: 0, recoverable: 0 };
  sessions.forEach(({ states, symbols }, i) => {
    const at = plan.firstPlayed + i;
    const slots = slotsOf(plan.sessions[at]!, plan.intervals[0]!.ms);
    const way = states.map(([state]) => state);
    way.forEach((state, k) => expect(after[way[k - 1] ?? 'not-started'], way.join(', ')).toContain(state));
    expect(way.at(-1)).toBe('ended');
    const times = states.map(([, time]) => Date.parse(time));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    plan.symbols.forEach(({ name }, s) => {
      const { expected, streamed, filled, missing, recoverable, quality } = symbols[name]!;
      expect(expected).toBe(streamed + filled + missing);
      expect(expected).toBe(slots - silentSlots(interventions, at, slots, s));
      expect(Math.min(streamed, filled, missing, recoverable - filled)).toBeGreaterThanOrEqual(0);
      expect(quality).toBeCloseTo(expected === 0 ? 100 : (100 * (streamed + filled)) / expected, 9);
      for (const key of ['expected', 'streamed', 'filled', 'missing', 'recoverable'] as const)
        sums[key] += symbols[name]![key];
    });
  });
  expect(totals).toMatchObject({ ...sums, sessions: sessions.length });
}

/** Slots of a session that were played while the symbol's stream was cancelled. */
function silentSlots(interventions: readonly Intervention[], session: number, slots: number, symbol: number): number {
  const own = interventions.filter((each) => each.symbol === symbol);
  let silent = 0;
  for (let slot = 0; slot < slots; slot++)
    if (own.findLast((each) => countsAt(each, session, slot))?.kind === 'cancel') silent++;
  return silent;
}

/** What of sessions does not depend on clocks. */
const lasting = ({ sessions }: RunReport): unknown =>
  sessions.map((session) => ({ ...session, waitedMs: 0, prefetch: '' }));

describe('any commands, in any order, while a run of any settings goes', () => {
  const seeds = Array.from({ length: 80 }, (_, i) => i + 1);
  test.each(seeds)(
    'leave states, accounts and the fingerprint as they must be: seed %i',
    async (seed) => {
      const luck = luckOf(seed);
      const { pick, one } = luck;
      const { plan, store } = await anyRun(luck, seed);
      const run = await DrivenRun.open(plan, store);
      run.stepMs = one(0, 0.001, 1);
      const timeline = timelineOf(plan);
      const first = timeline.firstTick(plan.firstPlayed);
      const witness = new Witness(run);
      let isStopped = false;
      const isOver = (): boolean => run.state === 'finished';
      /** Lets the run go for some turns; resolves with whether it stands. */
      const go = async (turns: number): Promise<boolean> => {
        for (let n = 0; n < turns; n++) {
          const need = await run.once(0);
          if (need === 'time') run.nowMs = Math.max(run.nowMs, run.coordinator.dueMs);
          witness.look();
          if (need === 'command' || need === 'nothing') return true;
        }
        return false;
      };
      for (let move = 0; move < 40 && !isOver(); move++) {
        const from = Math.max(first, witness.ticks);
        const target = first + pick(timeline.ticks - first);
        const verb = one(
          ...[Verb.play, Verb.play, Verb.pause, Verb.stepBar, Verb.stepBar, Verb.stepSession, Verb.runTo],
          ...[Verb.listen, Verb.listen, Verb.loadHistory, Verb.speed, Verb.report],
          ...(move > 20 && pick(20) === 0 ? [Verb.stop] : []),
        );
        const words: Partial<Record<number, number>> = {
          [Verb.runTo]: target,
          [Verb.listen]: pick(6),
          [Verb.speed]: one(0, 60_000, 6e6),
        };
        const argument = words[verb] ?? 0;
        const what = `seed ${seed}, move ${move}: verb ${verb} of ${argument} at ${from}`;
        const stood = run.state !== 'playing';
        putCommand(run.block, verb, argument);
        if (verb === Verb.stop) isStopped = true;
        const stands = await go(one(1, 3, 30, 3_000));
        if (!stood || !stands || isOver()) continue;
        // What was told while it stood, and is done.
        if (verb === Verb.stepBar) expect(witness.ticks, what).toBe(from + 1);
        else if (verb === Verb.runTo) expect(witness.ticks, what).toBe(Math.max(from, target + 1));
        else if (verb === Verb.stepSession) expect(run.sessionState, what).toBe('ended');
        else if (verb === Verb.play)
          expect(plan.config.session.autoRoll && plan.config.prefetch.autoActivate).toBe(false);
        else expect(Math.max(first, witness.ticks), what).toBe(from);
      }
      for (let n = 0; !isOver(); n++) {
        expect(n, 'standstills on the way to the end').toBeLessThan(100);
        putCommand(run.block, Verb.play);
        while (!(await go(1_000)));
      }
      witness.settle();
      const report = run.coordinator.report();
      checkReport(plan, report);
      if (!isStopped) expect(report.sessions).toHaveLength(plan.sessions.length - plan.firstPlayed);

      const { interventions = [] } = report;
      const straight = await DrivenRun.open(plan, store, null, { ...runStart(plan), interventions });
      const whole = await straight.toEnd();
      expect(lasting({ ...whole, sessions: whole.sessions.slice(0, report.sessions.length) })).toEqual(lasting(report));
      if (!isStopped) expect(whole.fingerprint).toBe(report.fingerprint);
    },
    30_000,
  );
});
