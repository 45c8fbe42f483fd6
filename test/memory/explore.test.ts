import { describe, expect, test } from 'vitest';
import { bellOf, Role } from '../../src/memory/bell.ts';
import { commandWords, Word } from '../../src/memory/layout.ts';
import { explore } from './explorer/explore.ts';
import * as mistakes from './explorer/mistakes.ts';
import type { Memory } from './explorer/memory.ts';
import * as programs from './explorer/programs.ts';
import type { Build, Mistakes } from './explorer/programs.ts';

const recycling = programs.recycling();
const { instants, metrics, mending, makingUp, journal, bell, commands, log, records } = programs;

/**
 * The production code of the protocol on a model of the memory, in all interleavings of its atomic operations; see explore.ts
 * for what that means and where it ends. The least number of interleavings is a check that the threads do meet.
 */
describe('in every interleaving', () => {
  test.each<[what: string, least: number, build: Build]>([
    ['a bar that is visible is whole: library, coordinator, reader; 3 instants, 1 hole, 2 tries', 1e3, instants],
    ['metrics that were read steadily are those of one instant: 2 instants, 2 tries', 1e3, metrics],
    ['a derived bar that is mended is read before or after: 3 instants, 1 fill, 2 tries', 5e2, mending],
    ['a bar that is made up for a slot that has passed is whole or missing: 3 instants, 2 tries', 1e3, makingUp],
    ['a slab is laid out anew when nobody relies on it: roll, library, reader; 2 tries', 1e8, recycling],
    ['the journal arrives whole and in order, nobody waits for ever: 2 entries, a ring of 1', 1e9, journal],
    ['no ring is lost: two who bring something, one who sleeps for both', 1e5, bell],
    ['commands arrive whole and in order: 3 commands, a ring of 2', 1e5, commands],
    ['a record of the log is whole or missing: 4 records, a ring of 2', 1e2, log],
    ['a quote is whole or missing: 3 quotes, a ring of 2', 10, records],
  ])(
    '%s',
    (what, least, build) => {
      const { fault, executions, states } = explore(build());
      expect(fault).toBeUndefined();
      expect(executions).toBeGreaterThan(least);
      console.log(`${what}: ${executions.toPrecision(3)} interleavings through ${states} states`);
    },
    60_000,
  );
});

const word = (memory: Memory, at: number): number => memory.place('words', at);
const bellPlace = (memory: Memory): number => word(memory, bellOf(Role.library));
const { bumpsOnce, handsBackEarly, looksAt, looksWithLoad, putsOff, storesPlainly, storesTooEarly, takesForGranted } =
  mistakes;

describe('the explorer catches', () => {
  test.each<[what: string, build: Build, seed: (memory: Memory) => Mistakes, fault: RegExp]>([
    [
      'an instant that is shown before its states are written',
      instants,
      (memory) => ({ coordinator: storesTooEarly(word(memory, Word.slots)) }),
      /bars were there/,
    ],
    [
      'an instant that is shown by a plain write',
      instants,
      (memory) => ({ coordinator: storesPlainly(word(memory, Word.slots)) }),
      /races|bars were there/,
    ],
    [
      'a session that is handed over before it is laid out',
      instants,
      (memory) => ({ library: storesTooEarly(word(memory, Word.staged)) }),
      /writes where|races|was/,
    ],
    [
      'metrics that are validated with a load',
      metrics,
      (memory) => ({ reader: looksWithLoad(word(memory, Word.metricsRevision)) }),
      /races/,
    ],
    [
      'metrics whose counter moves only before the change',
      metrics,
      (memory) => ({ coordinator: bumpsOnce(word(memory, Word.metricsRevision), 'before') }),
      /races|metrics were/,
    ],
    [
      'metrics whose counter moves only after the change',
      metrics,
      (memory) => ({ coordinator: bumpsOnce(word(memory, Word.metricsRevision), 'after') }),
      /races|metrics were/,
    ],
    [
      'a derived bar that is mended without its counter',
      mending,
      (memory) => ({ coordinator: takesForGranted(word(memory, Word.mendRevision), 'add', 0) }),
      /races|mended bar was/,
    ],
    [
      'a bar that is made up without a counter',
      makingUp,
      (memory) => ({ coordinator: takesForGranted(word(memory, Word.mendRevision), 'add', 0) }),
      /races|made up was/,
    ],
    [
      'an epoch that is bumped once',
      recycling,
      (memory) => ({ coordinator: bumpsOnce(word(memory, Word.epoch), 'after') }),
      /races|was|were there/,
    ],
    [
      'an epoch that is validated with a load',
      recycling,
      (memory) => ({ reader: looksWithLoad(word(memory, Word.epoch)) }),
      /races/,
    ],
    ['a slab that is laid out anew one session too early', programs.recycling(1), () => ({}), /races|were there/],
    [
      'a journal whose head is stored before its words',
      journal,
      (memory) => ({ upkeep: storesTooEarly(word(memory, Word.journalHead)) }),
      /races|journal was/,
    ],
    [
      'a journal that is written without a look at the room',
      journal,
      (memory) => ({ upkeep: takesForGranted(word(memory, Word.journalTail), 'load', 1) }),
      /writes|races|journal was/,
    ],
    [
      'a sleeper that raises its flag after it has looked',
      bell,
      (memory) => ({ library: putsOff(bellPlace(memory) + 1, 'wait', bellPlace(memory), 'before') }),
      /nobody wakes it/,
    ],
    [
      'a ringer that looks at the flag before it has stored',
      bell,
      (memory) => ({ upkeep: putsOff(word(memory, Word.wantedByUpkeep), 'load', bellPlace(memory) + 1, 'after') }),
      /nobody wakes it/,
    ],
    [
      'a ringer that notifies and leaves the bell as it is',
      bell,
      (memory) => ({ upkeep: takesForGranted(bellPlace(memory), 'add', 0) }),
      /nobody wakes it/,
    ],
    [
      'a command whose room is given back before it is read',
      commands,
      (memory) => ({
        coordinator: handsBackEarly(
          word(memory, Word.commandTail),
          memory.place('commands', 0),
          memory.place('commands', 2 * commandWords),
        ),
      }),
      /races|argument/,
    ],
    [
      'a record of the log that is checked against those that are written, not those under way',
      log,
      (memory) => ({ reader: looksAt(word(memory, Word.logHead), word(memory, Word.logReserved)) }),
      /races|record was/,
    ],
    [
      'a quote that is looked for only after it was read',
      records,
      (memory) => ({ reader: takesForGranted(memory.place('quoteSequences', 0), 'add', 2, 1) }),
      /races|quote was/,
    ],
  ])(
    '%s',
    (_, build, seed, fault) => {
      expect(explore(build(seed)).fault).toMatch(fault);
    },
    60_000,
  );
});
