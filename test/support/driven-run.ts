import type { Script } from '../../src/coordinator/by-hand.ts';
import { Coordinator, type Need, type Place, type Standstill } from '../../src/coordinator/coordinator.ts';
import { Stager } from '../../src/library/stage.ts';
import type { BarStore } from '../../src/library/store.ts';
import type { Block } from '../../src/memory/block.ts';
import { putCommand, Verb } from '../../src/memory/commands.ts';
import { Word } from '../../src/memory/layout.ts';
import { readLog } from '../../src/memory/log-ring.ts';
import { LogCode, type LogRecord } from '../../src/memory/log.ts';
import { runStates, type RunState } from '../../src/memory/run-state.ts';
import { runStart, type RunOrigin } from '../../src/session/origin.ts';
import type { RunPlan } from '../../src/session/plan.ts';
import type { RunOutline, RunReport } from '../../src/session/report.ts';
import { blockFor } from '../../src/session/run-block.ts';
import type { SessionStory } from '../../src/session/story.ts';
import { sessionStates, type SessionState } from '../../src/session/state.ts';
import type { BookPiece } from '../../src/strategy/book-piece.ts';
import type { Strategy } from '../../src/strategy/strategy.ts';
import { Upkeep } from '../../src/upkeep/upkeep.ts';

/** A run that a test takes by the hand: both loops and the library in this thread, on a clock that the test moves. */
export class DrivenRun {
  /** Wall clock in milliseconds; a run that waits for time moves it on. */
  nowMs = 1_000;
  /** How much later it is after each look at the clock. */
  stepMs = 0;
  readonly stands: Standstill[] = [];
  readonly reports: RunReport[] = [];
  readonly stories: SessionStory[] = [];
  readonly outlines: RunOutline[] = [];
  /** What was told of orders and trades. */
  readonly pieces: BookPiece[] = [];
  /** What became of each order by hand. */
  readonly scripts: Script[] = [];
  /** Where the run was when it gave its last report. */
  place: Place = { session: 0, slots: 0, ended: false };
  /** What the coordinator came back for, in order. */
  readonly needs: Need[] = [];
  readonly block: Block;
  readonly coordinator: Coordinator;
  readonly upkeep: Upkeep;
  readonly stager: Stager;
  readonly plan: RunPlan;

  private constructor(
    plan: RunPlan,
    block: Block,
    stager: Stager,
    strategy: Strategy | null | undefined,
    from: RunOrigin,
  ) {
    this.block = block;
    this.stager = stager;
    this.plan = plan;
    const clocks = { now: () => (this.nowMs += this.stepMs), epochMs: 0 };
    const listener = {
      onStand: (event: Standstill) => void this.stands.push(event),
      onReport: (report: RunReport, place: Place) => {
        this.reports.push(report);
        this.place = place;
      },
      onOutline: (outline: RunOutline) => void this.outlines.push(outline),
      onStory: (story: SessionStory) => void this.stories.push(story),
      onScript: (script: Script) => void this.scripts.push(script),
      onBook: (piece: BookPiece) => void this.pieces.push(piece),
    };
    this.coordinator = new Coordinator(plan, block, clocks, listener, strategy, from);
    this.upkeep = new Upkeep(plan, block);
  }

  static async open(
    plan: RunPlan,
    store: BarStore,
    strategy?: Strategy | null,
    from: RunOrigin = runStart(plan),
  ): Promise<DrivenRun> {
    const block = blockFor(plan, false, from);
    const stager = await Stager.open(plan, block, store, () => run.nowMs);
    const run: DrivenRun = new DrivenRun(plan, block, stager, strategy, from);
    return run;
  }

  get state(): RunState {
    return runStates[this.block.words[Word.runState]!]!;
  }

  get sessionState(): SessionState {
    return sessionStates[this.block.words[Word.sessionState]!]!;
  }

  /** Base slots of the session that are played. */
  get slots(): number {
    return this.block.words[Word.slots]!;
  }

  get session(): number {
    return this.block.words[Word.session]!;
  }

  /** Gives a command and drives on until the run stands. */
  async command(verb: number, argument = 0, budgetMs = Infinity): Promise<Need> {
    putCommand(this.block, verb, argument);
    return this.drive(budgetMs);
  }

  /** Plays on through every standstill to the end; returns the report. */
  async toEnd(verb: number = Verb.play, budgetMs = Infinity): Promise<RunReport> {
    while ((await this.command(verb, 0, budgetMs)) !== 'nothing');
    return this.coordinator.report();
  }

  /** Drives until the run stands: what it needs it gets, time too. */
  async drive(budgetMs = Infinity): Promise<Need> {
    for (;;) {
      const need = await this.once(budgetMs);
      if (need === 'time') this.nowMs = Math.max(this.nowMs, this.coordinator.dueMs);
      else if (need === 'command' || need === 'nothing') return need;
    }
  }

  /** One turn of the coordinator; brings what it asks of the library and upkeep, and returns it. */
  async once(budgetMs = Infinity): Promise<Need> {
    const need = this.coordinator.run(budgetMs);
    this.needs.push(need);
    if (need === 'upkeep' || need === 'turn') this.upkeep.run();
    while (this.stager.ready()) await this.stager.stageNext();
    return need;
  }

  /** The log's records of a code, the latest 2,048 records. */
  log(code: keyof typeof LogCode): LogRecord[] {
    return readLog(this.block, 0).filter((record) => record.code === LogCode[code]);
  }
}
