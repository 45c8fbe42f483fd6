/**
 * Explores all interleavings of a program of two or three threads. A thread is a synchronous function of the production code
 * on a model of the memory; it is run from its start with the results of its first operations and stopped at the next one, so
 * nothing in the code has to know. Paths that meet in the same state are explored once.
 *
 * Interleavings are sequentially consistent. For plain accesses the memory model of JavaScript promises less, so every race
 * (two plain accesses, one a write, that no chain of atomic operations orders; vector clocks know) is a fault, unless what was
 * read is thrown away by the reader's validation. Integers cannot tear: where a program allows races on an array of them,
 * a racing read answers every value that the memory model permits, one after the other.
 *
 * Bound: the program itself. Its loops are bounded by tries, waits have no timeout, nobody wakes for no reason.
 */
import type { Memory } from './memory.ts';
import type { Mistake, Operation } from './operation.ts';
import { progressOf, type Body, type Progress } from './thread.ts';

export interface Thread {
  readonly name: string;
  readonly body: Body<unknown>;
  readonly mistake?: Mistake;
}

export interface Program {
  readonly memory: Memory;
  readonly threads: readonly Thread[];
  /** Throws when the threads' results are not right together. */
  readonly check?: (results: readonly unknown[]) => void;
}

export interface Explored {
  /** Complete interleavings of the operations on places that threads share. */
  readonly executions: number;
  readonly states: number;
  /** What is wrong in some interleaving, with the operations that lead there; undefined when all is right. */
  readonly fault: string | undefined;
}

interface Write {
  readonly value: number;
  readonly thread: number;
  readonly at: number;
}

interface Read {
  readonly thread: number;
  readonly at: number;
  readonly number: number;
}

interface Turn {
  readonly t: number;
  readonly operation: Operation;
}

/** What happens-before knows of a place. */
interface Past {
  readonly writes: readonly Write[];
  readonly reads: readonly Read[];
  /** The clock that its last atomic writer left there. */
  readonly clock: readonly number[] | null;
}

interface State {
  /** By thread, what its operations have answered so far. */
  readonly histories: readonly History[];
  /** The place on which a thread sleeps, -1 for none. */
  readonly asleep: readonly number[];
  readonly clocks: readonly (readonly number[])[];
  readonly places: ReadonlyMap<number, Past>;
  /** Plain reads that race, `thread:number`. */
  readonly racing: ReadonlySet<string>;
}

function isPlain({ kind }: Operation): boolean {
  return kind === 'get' || kind === 'set';
}

/** The answers that a thread's first operations got; the same answers are the same history. */
class History {
  private static count = 0;
  readonly id = History.count++;
  readonly length: number;
  /** What the thread wrote to places that it alone touches. */
  own: ReadonlyMap<number, number>;
  progress: Progress | undefined;
  private readonly before: History | null;
  private readonly answer: number;
  private readonly after = new Map<number, History>();

  constructor(before: History | null, answer: number) {
    this.before = before;
    this.answer = answer;
    this.length = before ? before.length + 1 : 0;
    this.own = before?.own ?? new Map<number, number>();
  }

  with(answer: number): History {
    let known = this.after.get(answer);
    if (!known) this.after.set(answer, (known = new History(this, answer)));
    return known;
  }

  answers(): number[] {
    const answers = new Array<number>(this.length);
    this.collect(answers);
    return answers;
  }

  private collect(answers: number[]): void {
    if (!this.before) return;
    answers[this.length - 1] = this.answer;
    this.before.collect(answers);
  }
}

class Fault extends Error {}

/** A place turned out to be shared that was taken for a thread's own. */
class Shared extends Error {}

export function explore(program: Program): Explored {
  const shared = new Set<number>();
  for (;;) {
    const explorer = new Explorer(program, shared);
    try {
      const executions = explorer.run();
      return { executions, states: explorer.states, fault: undefined };
    } catch (error) {
      if (error instanceof Fault) return { executions: 0, states: explorer.states, fault: error.message };
      if (!(error instanceof Shared)) throw error;
    }
  }
}

class Explorer {
  private readonly program: Program;
  private readonly shared: Set<number>;
  private readonly touched = new Map<number, { thread: number; many: boolean; written: boolean }>();
  private readonly known = new Map<string, number>();
  private readonly path: Turn[] = [];

  constructor(program: Program, shared: Set<number>) {
    this.program = program;
    this.shared = shared;
  }

  get states(): number {
    return this.known.size;
  }

  run(): number {
    const { threads } = this.program;
    return this.from({
      histories: threads.map(() => new History(null, 0)),
      asleep: threads.map(() => -1),
      clocks: threads.map((_, t) => threads.map((_, u) => (t === u ? 1 : 0))),
      places: new Map(),
      racing: new Set(),
    });
  }

  /** How many complete interleavings lead on from a state. */
  private from(given: State): number {
    const { length } = this.path;
    const executions = this.on(this.alone(given));
    this.path.length = length;
    return executions;
  }

  /**
   * Moves the threads over what only one of them ever touches, or nobody writes: that commutes with everything, so it need not
   * be tried in every order.
   */
  private alone(state: State): State {
    const { threads } = this.program;
    for (let t = 0; t < threads.length;) {
      const { next } = this.progressOf(t, state.histories[t]!);
      if (next === null || state.asleep[t] !== -1 || this.shared.has(next.place)) {
        t++;
        continue;
      }
      this.path.push({ t, operation: next });
      state = this.own(state, t, next);
    }
    return state;
  }

  private on(state: State): number {
    const key = keyOf(state, this.shared);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const { threads, check } = this.program;
    const all = threads.map((_, t) => this.progressOf(t, state.histories[t]!));
    all.forEach(({ relied }, t) => {
      for (const race of state.racing) {
        const [thread, number] = race.split(':').map(Number);
        if (thread === t && relied.has(number!)) this.fail(`${threads[t]!.name} relies on a read that races`);
      }
    });
    const able = all.flatMap(({ next }, t) => (next !== null && state.asleep[t] === -1 ? [t] : []));
    if (able.length === 0) {
      const sleeper = state.asleep.findIndex((place) => place !== -1);
      if (sleeper !== -1) this.fail(`${threads[sleeper]!.name} sleeps and nobody wakes it`);
      try {
        check?.(all.map(({ result }) => result));
      } catch (error) {
        this.fail(error instanceof Error ? error.message : String(error));
      }
      this.known.set(key, 1);
      return 1;
    }
    let executions = 0;
    for (const t of able)
      for (const { state: next, path } of this.turn(state, t)) {
        this.path.push(...path);
        executions += this.from(next);
        this.path.length -= path.length;
      }
    this.known.set(key, executions);
    return executions;
  }

  /** What comes of a thread's turn: one atomic operation, or all its plain ones up to the next atomic one. */
  private turn(state: State, t: number): { state: State; path: Turn[] }[] {
    const first = this.progressOf(t, state.histories[t]!).next!;
    if (!isPlain(first))
      return this.step(state, t, first).map((after) => ({ state: after, path: [{ t, operation: first }] }));
    const done = [];
    const open = [{ state, path: [] as Turn[] }];
    for (let at = open.pop(); at; at = open.pop()) {
      const { next } = this.progressOf(t, at.state.histories[t]!);
      if (next === null || !isPlain(next)) {
        done.push(at);
        continue;
      }
      const path = [...at.path, { t, operation: next }];
      if (!this.shared.has(next.place)) open.push({ state: this.own(at.state, t, next), path });
      else for (const after of this.step(at.state, t, next)) open.push({ state: after, path });
    }
    return done;
  }

  private progressOf(t: number, history: History): Progress {
    if (history.progress) return history.progress;
    const { body, mistake } = this.program.threads[t]!;
    try {
      return (history.progress = progressOf(body, mistake, history.answers()));
    } catch (error) {
      this.fail(error instanceof Error ? error.message : String(error));
    }
  }

  /** An operation on a place that nobody else touches: what it leaves there goes with the thread's history. */
  private own(state: State, t: number, operation: Operation): State {
    this.touch(t, operation);
    const { kind, place, value } = operation;
    const history = state.histories[t]!;
    const now = history.own.get(place) ?? this.program.memory.initial(place);
    const next = history.with(kind === 'set' || kind === 'store' ? 0 : now);
    if (kind === 'set' || kind === 'store') next.own = new Map(history.own).set(place, value);
    if (kind === 'add') next.own = new Map(history.own).set(place, (now + value) | 0);
    return { ...state, histories: state.histories.map((known, u) => (u === t ? next : known)) };
  }

  private touch(thread: number, { kind, place }: Operation): void {
    const known = this.touched.get(place);
    const written = (known?.written ?? false) || !['load', 'get'].includes(kind);
    const many = (known?.many ?? false) || (known !== undefined && known.thread !== thread);
    if ((many && written) || kind === 'wait' || kind === 'notify') {
      this.shared.add(place);
      throw new Shared();
    }
    this.touched.set(place, { thread, many, written });
  }

  /** The states that an operation of a thread leads to: one, or more where a racing read may answer several values. */
  private step(state: State, t: number, { kind, place, value }: Operation): State[] {
    const { memory } = this.program;
    const clock = state.clocks[t]!;
    const past = state.places.get(place) ?? {
      writes: [{ value: memory.initial(place), thread: -1, at: 0 }],
      reads: [],
      clock: null,
    };
    const now = past.writes.at(-1)!.value;
    const joined = past.clock ? clock.map((at, u) => Math.max(at, past.clock![u]!)) : clock;
    const released = clock.map((at, u) => (u === t ? at + 1 : at));
    const isBefore = ({ thread, at }: { thread: number; at: number }): boolean =>
      thread === t || thread === -1 || clock[thread]! >= at;

    switch (kind) {
      case 'load':
        return [advance(state, t, now, joined, place, past)];
      case 'add': {
        const ticked = joined.map((at, u) => (u === t ? at + 1 : at));
        const after = value === 0 ? past : this.written(state, t, past, (now + value) | 0);
        const next = advance(state, t, now, ticked, place, { ...after, clock: joined });
        return [value === 0 ? next : this.raced(next, place, past, isBefore)];
      }
      case 'store': {
        const after = { ...this.written(state, t, past, value), clock };
        return [this.raced(advance(state, t, 0, released, place, after), place, past, isBefore)];
      }
      case 'wait':
        if (now !== value) return [advance(state, t, 0, joined, place, past)];
        return [{ ...state, asleep: state.asleep.map((at, u) => (u === t ? place : at)) }];
      case 'notify': {
        const woken = state.asleep.flatMap((at, u) => (at === place ? [u] : []));
        const next = advance(state, t, woken.length, released, place, past);
        return [
          {
            ...next,
            asleep: next.asleep.map((at, u) => (woken.includes(u) ? -1 : at)),
            histories: next.histories.map((history, u) => (woken.includes(u) ? history.with(0) : history)),
            clocks: next.clocks.map((of, u) => (woken.includes(u) ? of.map((at, v) => Math.max(at, clock[v]!)) : of)),
          },
        ];
      }
      case 'get': {
        const number = state.histories[t]!.length;
        const reads = [...past.reads, { thread: t, at: clock[t]!, number }];
        const racing = past.writes.some((write) => !isBefore(write));
        if (racing && memory.mayRace(place)) {
          let from = past.writes.length - 1;
          while (!isBefore(past.writes[from]!)) from--;
          const values = new Set(past.writes.slice(from).map((write) => write.value));
          return [...values].map((seen) => advance(state, t, seen, clock, place, { ...past, reads }));
        }
        const next = advance(state, t, now, clock, place, { ...past, reads });
        return [racing ? { ...next, racing: new Set([...next.racing, `${t}:${number}`]) } : next];
      }
      case 'set': {
        if (past.writes.some((write) => !isBefore(write)))
          this.fail(`${this.program.threads[t]!.name} writes where another one writes`);
        const next = advance(state, t, 0, clock, place, this.written(state, t, past, value));
        return [this.raced(next, place, past, isBefore)];
      }
    }
  }

  /** A place after a write. A value that everybody knows to be overwritten cannot be read any more. */
  private written(state: State, t: number, past: Past, value: number): Past {
    const writes = [...past.writes, { value, thread: t, at: state.clocks[t]![t]! }];
    let from = writes.length - 1;
    while (from > 0 && !state.clocks.every((of, u) => isKnown(writes[from]!, of, u))) from--;
    return { ...past, writes: writes.slice(from), reads: [] };
  }

  /** The state after a write to a place, with the reads that it races with. */
  private raced(state: State, place: number, past: Past, isBefore: (read: Read) => boolean): State {
    const raced = this.program.memory.mayRace(place) ? [] : past.reads.filter((read) => !isBefore(read));
    if (raced.length === 0) return state;
    return {
      ...state,
      racing: new Set([...state.racing, ...raced.map(({ thread, number }) => `${thread}:${number}`)]),
    };
  }

  private fail(what: string): never {
    const { threads, memory } = this.program;
    const steps = this.path.slice(-60).map(({ t, operation }) => `${threads[t]!.name} ${memory.describe(operation)}`);
    throw new Fault(`${what}:\n  ${steps.join('\n  ')}`);
  }
}

function isKnown({ thread, at }: Write, clock: readonly number[], of: number): boolean {
  return thread === -1 || thread === of || clock[thread]! >= at;
}

function advance(state: State, t: number, result: number, clock: readonly number[], place: number, past: Past): State {
  return {
    ...state,
    histories: state.histories.map((history, u) => (u === t ? history.with(result) : history)),
    clocks: state.clocks.map((of, u) => (u === t ? clock : of)),
    places: new Map(state.places).set(place, past),
  };
}

/** The same for states that cannot be told apart by what comes after. What only one thread touches follows from its history. */
function keyOf({ histories, asleep, clocks, places, racing }: State, shared: ReadonlySet<number>): string {
  let key = `${histories.map(({ id }) => id).join()}|${asleep.join()}|${clocks.join('/')}|${[...racing].sort().join()}`;
  for (const place of shared) {
    const past = places.get(place);
    if (!past) continue;
    key += `|${place}`;
    for (const { value, thread, at } of past.writes) key += `,${value}.${thread}.${at}`;
    key += ';';
    for (const { thread, at, number } of past.reads) key += `,${thread}.${at}.${number}`;
    if (past.clock) key += `;${past.clock.join()}`;
  }
  return key;
}
