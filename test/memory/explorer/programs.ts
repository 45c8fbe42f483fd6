import { barColumns, type BarColumns } from '../../../src/bars/columns.ts';
import { Provenance } from '../../../src/bars/provenance.ts';
import { Delivery } from '../../../src/coordinator/deliver.ts';
import { InstantPlay } from '../../../src/coordinator/instant-play.ts';
import { JournalApplication } from '../../../src/coordinator/journal-application.ts';
import { Listening } from '../../../src/coordinator/listening.ts';
import type { SessionLife } from '../../../src/coordinator/session-life.ts';
import { ring, Role, waitFor } from '../../../src/memory/bell.ts';
import { columnOffset, createBlock, stateOffset, type Block } from '../../../src/memory/block.ts';
import { putCommand, hasCommand, takeCommand, Verb } from '../../../src/memory/commands.ts';
import { Entry, JournalReader, JournalWriter } from '../../../src/memory/journal.ts';
import { commandWords, journalWords, logWords, Word, type Shape } from '../../../src/memory/layout.ts';
import { putLog, readLog } from '../../../src/memory/log-ring.ts';
import {
  beginChange,
  endChange,
  isStaged,
  mayLayOut,
  publish,
  publishStaged,
  roll,
} from '../../../src/memory/protocol.ts';
import { RecordRing } from '../../../src/memory/record-ring.ts';
import { Timeline, type Frame } from '../../../src/memory/timeline.ts';
import { View } from '../../../src/memory/view.ts';
import type { Ledger } from '../../../src/session/ledger.ts';
import type { RunPlan } from '../../../src/session/plan.ts';
import { Due } from '../../../src/session/tick.ts';
import { minute } from '../../../src/time/instant.ts';
import { sessionOfMinutes } from '../../support/market-session.ts';
import type { Program } from './explore.ts';
import { Memory } from './memory.ts';
import type { Mistake } from './operation.ts';
import type { Reader } from './thread.ts';

/** Mistakes by the thread that makes them. */
export type Mistakes = Readonly<Record<string, Mistake>>;

/** A program, and the memory in which its mistakes find their places. */
export type Build = (mistakes?: (memory: Memory) => Mistakes) => Program;

/** Longer than any exploration: the model knows no time. */
const patienceMs = 1_000;
const tries = 2;

function program(
  memory: Memory,
  mistakes: ((memory: Memory) => Mistakes) | undefined,
  bodies: Readonly<Record<string, (reader: Reader) => unknown>>,
  check?: Program['check'],
): Program {
  const made = mistakes?.(memory) ?? {};
  for (const name of Object.keys(made)) if (!(name in bodies)) throw new Error(`the program has no ${name}`);
  return {
    memory,
    threads: Object.entries(bodies).map(([name, body]) => ({ name, body, ...(made[name] && { mistake: made[name] }) })),
    ...(check && { check }),
  };
}

function shapeOf(slots: readonly number[], sessions: number): Shape {
  return {
    symbols: 1,
    intervals: slots.map((most) => ({ slots: most, history: 0 })),
    sessions,
    quotes: 2,
    ticks: 0,
  };
}

/** Lays a session's bars out as the library does: every field follows from session and slot. */
function lay(block: Block, session: number, states: readonly number[]): void {
  const base = block.slabs[0]!;
  const at = columnOffset(base, 1, session, 0);
  states.forEach((state, slot) => {
    const price = priceOf(session, slot);
    base.open[at + slot] = price;
    base.high[at + slot] = price + 3;
    base.low[at + slot] = price - 3;
    base.close[at + slot] = price + 1;
    base.volume[at + slot] = price * 2;
    base.states[stateOffset(base, session) + slot] = state;
  });
}

function priceOf(session: number, slot: number): number {
  return 1_000 * (session + 1) + 10 * slot;
}

/** The coordinator's own code, less what does not show: it takes a session up and plays instants of it. */
class Player {
  private readonly instants: InstantPlay;
  private readonly frame: Frame;

  constructor(block: Block, timeline: Timeline) {
    const ledger = { mended: () => undefined, lookedUp: () => undefined } as unknown as Ledger;
    const life = { hasData: () => undefined, change: () => undefined } as unknown as SessionLife;
    const plan = { fillSources: [] } as unknown as RunPlan;
    const delivery = new Delivery(block);
    this.frame = timeline.frame(0);
    beginChange(block.header, Word.metricsRevision);
    delivery.begin(0, this.frame);
    endChange(block.header, Word.metricsRevision);
    const listening = new Listening(block, [], () => undefined);
    const journal = new JournalApplication(plan, block, delivery, ledger, listening, null, () => undefined);
    this.instants = new InstantPlay(block, delivery, null, null, journal, life, listening, ledger, null, null);
  }

  play(slot: number, due = 0): void {
    this.instants.play(0, this.frame, slot, due);
  }
}

/** Upkeep's word on a tick. */
function journaled(block: Block, tick: number, kind: number, slot: number): void {
  const writer = new JournalWriter(block);
  writer.put(tick, kind, 0, slot, 1, 0);
  writer.finish(tick);
}

function expectBar(bars: BarColumns, i: number, session: number, slot: number): void {
  const price = priceOf(session, slot);
  const found = [bars.open[i], bars.high[i], bars.low[i], bars.close[i], bars.volume[i]];
  const right = [price, price + 3, price - 3, price + 1, price * 2];
  if (!found.every((value, f) => value === right[f]))
    throw new Error(`bar ${slot} of session ${session} was ${found.join(' ')}`);
}

const { staged, empty, candidate } = Provenance;

/** The library lays a session with a hole out, the coordinator plays its three instants, somebody reads. */
export const instants: Build = (mistakes) => {
  const memory = new Memory(['states of interval 0', 'counts']);
  const timeline = new Timeline([sessionOfMinutes(3)], [minute]);
  const block = memory.block(createBlock(shapeOf([3], 1), false));
  return program(memory, mistakes, {
    library: () => {
      lay(block, 0, [staged, empty, staged]);
      publishStaged(block.header, 1);
    },
    coordinator: () => {
      const player = new Player(block, timeline);
      if (!isStaged(block.header, 0)) return;
      for (const slot of [0, 1, 2]) player.play(slot);
    },
    reader: ({ accept }) => {
      const view = new View(block, timeline);
      const out = barColumns(2);
      const count = accept((attempt) => view.validated(() => attempt(() => view.copyLast(0, 2, out)), tries));
      if (count === undefined) return;
      if (count !== [0, 1, 1, 2][view.slots]) throw new Error(`${count} bars were there at slot ${view.slots}`);
      for (let i = 0; i < count; i++) expectBar(out, i, 0, i * 2);
    },
  });
};

/** The coordinator plays two instants; somebody reads the session's metrics. */
export const metrics: Build = (mistakes) => {
  const memory = new Memory();
  const timeline = new Timeline([sessionOfMinutes(2)], [minute]);
  const real = createBlock(shapeOf([2], 1), false);
  lay(real, 0, [staged, staged]);
  const block = memory.block(real);
  return program(memory, mistakes, {
    coordinator: () => {
      const player = new Player(block, timeline);
      for (const slot of [0, 1]) player.play(slot);
    },
    reader: ({ accept }) => {
      const view = new View(block, timeline);
      const found = accept((attempt) => view.steady(Word.metricsRevision, () => attempt(() => view.metrics(0)), tries));
      if (found === undefined || found.bars === 0) return;
      const last = priceOf(0, found.bars - 1);
      const right = [priceOf(0, 0), last + 3, priceOf(0, 0) - 3, last + 1];
      if (![found.open, found.high, found.low, found.last].every((value, i) => value === right[i]))
        throw new Error(`the metrics were ${JSON.stringify(found)}`);
    },
  });
};

/** A bar of two minutes closes without its first base bar, which a fill brings an instant later; somebody reads it. */
export const mending: Build = (mistakes) => {
  const memory = new Memory(['states of interval 0', 'states of interval 1', 'counts']);
  const timeline = new Timeline([sessionOfMinutes(3)], [minute, 2 * minute]);
  const real = createBlock(shapeOf([3, 2], 1), false);
  lay(real, 0, [candidate, staged, empty]);
  journaled(real, 2, Entry.fill, 0);
  const block = memory.block(real);
  return program(memory, mistakes, {
    coordinator: () => {
      const player = new Player(block, timeline);
      for (const slot of [0, 1]) player.play(slot);
      player.play(2, Due.journal);
    },
    reader: ({ accept }) => {
      const view = new View(block, timeline);
      const out = barColumns(1);
      const count = accept((attempt) =>
        view.steady(Word.mendRevision, () => attempt(() => view.copyLast(0, 1, out, 1)), tries),
      );
      if (!count) return;
      const first = out.volume[0] === priceOf(0, 1) * 2 ? 1 : 0;
      const found = [out.open[0], out.high[0], out.low[0], out.close[0], out.volume[0]];
      const volume = first === 1 ? priceOf(0, 1) * 2 : (priceOf(0, 0) + priceOf(0, 1)) * 2;
      const right = [priceOf(0, first), priceOf(0, 1) + 3, priceOf(0, first) - 3, priceOf(0, 1) + 1, volume];
      if (!found.every((value, f) => value === right[f])) throw new Error(`the mended bar was ${found.join(' ')}`);
    },
  });
};

/** A slot without a bar passes, and an instant later a bar is made up for it; somebody reads. */
export const makingUp: Build = (mistakes) => {
  const memory = new Memory(['states of interval 0', 'counts']);
  const timeline = new Timeline([sessionOfMinutes(3)], [minute]);
  const real = createBlock(shapeOf([3], 1), false);
  lay(real, 0, [staged, empty, empty]);
  journaled(real, 2, Entry.makeUp, 1);
  const block = memory.block(real);
  return program(memory, mistakes, {
    coordinator: () => {
      const player = new Player(block, timeline);
      for (const slot of [0, 1]) player.play(slot);
      player.play(2, Due.journal);
    },
    reader: ({ accept }) => {
      const view = new View(block, timeline);
      const out = barColumns(1);
      const count = accept((attempt) =>
        view.validated(
          () => view.steady(Word.mendRevision, () => attempt(() => view.copyLast(0, 1, out)), tries),
          tries,
        ),
      );
      if (!count) return;
      const close = priceOf(0, 0) + 1;
      if (
        out.start[0] === minute &&
        [out.open[0], out.high[0], out.low[0], out.close[0]].some((value) => value !== close)
      )
        throw new Error(`the bar made up was ${out.open[0]} ${out.high[0]} ${out.low[0]} ${out.close[0]}`);
      if (out.start[0] === 0) expectBar(out, 0, 0, 0);
    },
  });
};

/**
 * The session rolls; the library lays the next one that has room out, in the slab of the session that is over, while somebody
 * still reads there. `early` sessions too early, when that is the mistake.
 */
export const recycling =
  (early = 0): Build =>
  (mistakes) => {
    const memory = new Memory(['states of interval 0', 'counts']);
    const session = 1;
    const shape = shapeOf([1], 40);
    const real = createBlock(shape, false);
    const { ahead } = real.layout;
    const next = session + 1 + ahead;
    const timeline = new Timeline(
      Array.from({ length: next + 1 }, () => sessionOfMinutes(1)),
      [minute],
    );
    for (const at of [session, session + 1]) lay(real, at, [Provenance.streamed]);
    real.words[Word.session] = session;
    real.words[Word.slots] = 1;
    real.counts[0] = 1;
    const block = memory.block(real);
    return program(memory, mistakes, {
      coordinator: () => {
        const delivery = new Delivery(block);
        roll(block.header, session + 1, () => delivery.begin(session + 1, timeline.frame(session + 1)));
        ring(block, Role.library);
        publish(block.header, 1);
      },
      library: () => {
        const hasSlab = (): boolean => mayLayOut(block.header, next, ahead + early);
        if (!hasSlab()) waitFor(block, Role.library, hasSlab, patienceMs);
        lay(block, next, [staged]);
        publishStaged(block.header, next + 1);
      },
      reader: ({ accept }) => {
        const view = new View(block, timeline);
        const out = barColumns(1);
        const count = accept((attempt) => view.validated(() => attempt(() => view.copyLast(0, 1, out)), tries));
        if (count === undefined) return;
        if (count !== view.slots) throw new Error(`${count} bars were there at slot ${view.slots}`);
        for (let i = 0; i < count; i++) expectBar(out, i, view.session, i);
      },
    });
  };

/** Upkeep journals a tick of two entries into a ring that holds one, and waits for room; the coordinator waits for the tick. */
export const journal: Build = (mistakes) => {
  const memory = new Memory();
  const block = memory.block(createBlock(shapeOf([2], 1), false), { journal: journalWords });
  const slots = [10, 11];
  return program(memory, mistakes, {
    upkeep: () => {
      const writer = new JournalWriter(block);
      for (const slot of slots) writer.put(0, Entry.missing, 0, slot, slot * 2, slot * 3);
      writer.finish(0);
      while (!writer.flush()) waitFor(block, Role.upkeep, () => writer.hasRoom(), patienceMs);
    },
    coordinator: () => {
      const reader = new JournalReader(block);
      while (!reader.covers(0)) waitFor(block, Role.coordinator, () => reader.covers(0), patienceMs);
      const found: number[][] = [];
      while (reader.next(0)) found.push([reader.kind, reader.slot, reader.count, reader.source]);
      reader.release();
      const right = slots.map((slot) => [Entry.missing, slot, slot * 2, slot * 3]);
      if (found.join() !== right.join()) throw new Error(`the journal was ${found.join(' / ')}`);
    },
  });
};

/** Somebody sleeps until two things are there; each is brought by another one, who rings. */
export const bell: Build = (mistakes) => {
  const memory = new Memory();
  const block = memory.block(createBlock(shapeOf([2], 1), false));
  const bring = (place: number) => () => {
    block.header.store(place, 1);
    ring(block, Role.library);
  };
  return program(memory, mistakes, {
    upkeep: bring(Word.wantedByUpkeep),
    coordinator: bring(Word.wantedByCoordinator),
    library: () => {
      const { header } = block;
      const both = (): boolean => header.load(Word.wantedByUpkeep) + header.load(Word.wantedByCoordinator) === 2;
      while (!both()) waitFor(block, Role.library, both, patienceMs);
    },
  });
};

/** The page puts three commands into a ring of two; the coordinator takes them. */
export const commands: Build = (mistakes) => {
  const memory = new Memory();
  const block = memory.block(createBlock(shapeOf([2], 1), false), { commands: 2 * commandWords });
  const given = [Verb.book, Verb.order, 14];
  const terms = [7, 8];
  return program(
    memory,
    mistakes,
    {
      page: () => given.filter((verb) => putCommand(block, verb, verb * 10, verb === Verb.order ? terms : [])),
      coordinator: () => {
        const taken: number[] = [];
        for (let looks = 0; looks < 4; looks++) {
          if (!hasCommand(block)) continue;
          const { verb, argument, terms: [first, second] = terms } = takeCommand(block);
          if (first !== 7 || second !== 8) throw new Error(`an order had the terms ${first} and ${second}`);
          if (argument !== verb * 10) throw new Error(`command ${verb} had the argument ${argument}`);
          taken.push(verb);
        }
        return taken;
      },
    },
    ([put, taken]) => {
      const right = (put as number[]).slice(0, (taken as number[]).length);
      if (right.join() !== (taken as number[]).join()) throw new Error(`${String(put)} came out as ${String(taken)}`);
    },
  );
};

/** The coordinator adds four records to a log of two; somebody reads the second one, while it is the latest. */
export const log: Build = (mistakes) => {
  const memory = new Memory();
  const block = memory.block(createBlock(shapeOf([2], 1), false), { logWords: 2 * logWords, logTimes: logWords });
  return program(memory, mistakes, {
    coordinator: () => {
      for (let n = 1; n <= 4; n++) putLog(block, n * 100, n, n, n, n, n);
    },
    reader: ({ accept }) => {
      const record = accept((attempt) => {
        const records = attempt(() => readLog(block, 1));
        return records.length === 1 && records[0]!.sequence === 2 ? records[0] : undefined;
      });
      if (record === undefined) return;
      const { sequence, at, loop, code, symbol, a, b } = record;
      if (at !== sequence * 100 || [loop, code, symbol, a, b].some((value) => value !== sequence))
        throw new Error(`the record was ${JSON.stringify(record)}`);
    },
  });
};

/** The coordinator adds three quotes to a ring of two; somebody asks for the second one, whether it is there or not. */
export const records: Build = (mistakes) => {
  const memory = new Memory();
  const block = memory.block(createBlock(shapeOf([2], 1), false));
  return program(memory, mistakes, {
    coordinator: () => {
      const quotes = RecordRing.quotes(block);
      for (let n = 1; n <= 3; n++) quotes.put(0, [n, n, n, n, n]);
    },
    reader: ({ accept }) => {
      const out = new Float64Array(5);
      const there = accept((attempt) => attempt(() => RecordRing.quotes(block).copy(0, 1, out)) || undefined);
      if (there && out.some((value) => value !== 2)) throw new Error(`the quote was ${out.join(' ')}`);
    },
  });
};
