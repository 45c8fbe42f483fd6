import { expect, test } from 'vitest';
import { createBlock } from '../../src/memory/block.ts';
import { Entry, JournalReader, JournalWriter } from '../../src/memory/journal.ts';
import { journalCapacity, type Shape } from '../../src/memory/layout.ts';
import { seeded } from '../support/synthetic.ts';

const shape: Shape = { symbols: 1, intervals: [{ slots: 4, history: 0 }], sessions: 1, quotes: 0, ticks: 0 };

function openJournal(): { writer: JournalWriter; reader: JournalReader } {
  const block = createBlock(shape, false);
  return { writer: new JournalWriter(block), reader: new JournalReader(block) };
}

/** Takes all entries of a tick. */
function entriesOf(reader: JournalReader, tick: number): number[][] {
  const entries: number[][] = [];
  while (reader.next(tick)) entries.push([reader.kind, reader.symbol, reader.slot, reader.count, reader.source]);
  return entries;
}

test('entries come at their tick, in order, with every field', () => {
  const { writer, reader } = openJournal();
  expect(reader.covers(0)).toBe(false);
  writer.put(0, Entry.missing, 2, 7, 3, 0);
  writer.put(0, Entry.fill, 90_000, 7, 1, 199);
  writer.finish(0);
  writer.put(2, Entry.gaveUp, 0, 8, 6, 0);
  writer.finish(2);
  expect([reader.covers(0), reader.covers(1), reader.covers(2), reader.covers(3)]).toEqual([true, true, true, false]);
  expect(entriesOf(reader, 0)).toEqual([
    [Entry.missing, 2, 7, 3, 0],
    [Entry.fill, 90_000, 7, 1, 199],
  ]);
  expect(entriesOf(reader, 1)).toEqual([]);
  expect(entriesOf(reader, 2)).toEqual([[Entry.gaveUp, 0, 8, 6, 0]]);
});

test('a tick that is not finished is not covered, whatever is put for it', () => {
  const { writer, reader } = openJournal();
  writer.put(0, Entry.missing, 0, 0, 1, 0);
  expect(reader.covers(0)).toBe(false);
  writer.finish(0);
  expect(reader.covers(0)).toBe(true);
});

test('a tick with more entries than the ring holds gets through to a reader that waits for it', () => {
  const { writer, reader } = openJournal();
  const count = journalCapacity * 2 + 100;
  for (let i = 0; i < count; i++) writer.put(5, Entry.fill, i % 7, i, 1, 0);
  writer.finish(5);
  expect([writer.empty, writer.hasRoom()]).toEqual([false, false]);
  expect(writer.flush()).toBe(false);
  let rounds = 0;
  while (!reader.covers(5)) {
    expect(writer.hasRoom()).toBe(true);
    writer.flush();
    rounds++;
  }
  expect(rounds).toBe(2);
  expect([writer.empty, writer.flush()]).toEqual([true, true]);
  expect(entriesOf(reader, 5).map(([, , slot]) => slot)).toEqual(Array.from({ length: count }, (_, i) => i));
});

test('the room of what was read comes back when it is released', () => {
  const { writer, reader } = openJournal();
  for (let i = 0; i < journalCapacity; i++) writer.put(0, Entry.missing, 0, i, 1, 0);
  writer.finish(0);
  expect([reader.covers(0), entriesOf(reader, 0).length, writer.hasRoom()]).toEqual([true, journalCapacity, false]);
  reader.release();
  expect(writer.hasRoom()).toBe(true);
});

test.each([1, 2, 3, 4, 5])(
  'whatever the pace of writer and reader, nothing is lost, doubled or out of order: seed %i',
  (seed) => {
    const random = seeded(seed);
    const { writer, reader } = openJournal();
    const ticks = 400;
    const counts = Array.from({ length: ticks }, () => Math.floor(random() * random() * random() * 2_000));
    let written = 0;
    let read = 0;
    let number = 0;
    let expected = 0;
    while (read < ticks) {
      if (written < ticks && random() < 0.5 && writer.flush()) {
        for (let i = 0; i < counts[written]!; i++) writer.put(written, Entry.fill, 0, number++, 0, 0);
        writer.finish(written++);
      } else if (reader.covers(read)) {
        const entries = entriesOf(reader, read);
        expect(entries, `seed ${seed}, tick ${read}`).toHaveLength(counts[read]!);
        for (const [, , slot] of entries)
          if (slot !== expected++) expect.fail(`seed ${seed}: entry ${slot} at ${expected - 1}`);
        if (random() < 0.7) reader.release();
        read++;
      }
    }
    expect(expected).toBe(number);
  },
);
