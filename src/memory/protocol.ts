/**
 * The publication protocol of the block: who makes what visible, and how a reader knows that what it read is whole. Why it is
 * sound is in layout.ts. Everything that publishes, brackets, validates or recycles goes through these functions, and
 * test/memory/explore.test.ts runs them through all interleavings of small programs.
 */
import { Word } from './layout.ts';
import type { Words } from './words.ts';

/**
 * Shows an instant: what was written for the first `slots` base slots is there for whoever sees that number. `count` is the word
 * that has it: `slots` for bars, `valued` for the account's curve.
 */
export function publish(header: Words, slots: number, count: number = Word.slots): void {
  header.store(count, slots);
}

/** Base slots of the session that may be read. */
export function published(header: Words, count: number = Word.slots): number {
  return header.load(count);
}

/** Begins to change in place what a counter of the header (`epoch`, `metricsRevision`, `mendRevision`) brackets. Its one writer. */
export function beginChange(header: Words, counter: number): void {
  header.add(counter, 1);
}

/** Ends the change. */
export function endChange(header: Words, counter: number): void {
  header.add(counter, 1);
}

/**
 * Reads until the counter held still, with what `read` returned; undefined after `tries`. Both looks at the counter are
 * read-modify-writes: the second one hands over to the writer's next, so that what was read lies before what is written then.
 */
export function steady<T>(header: Words, counter: number, read: () => T, tries: number): T | undefined {
  for (let n = 0; n < tries; n++) {
    const before = header.add(counter, 0);
    if (before & 1) continue;
    const answer = read();
    if (header.add(counter, 0) === before) return answer;
  }
  return undefined;
}

/** Moves on to a session, of which nothing is published yet; `change` makes what the block says of the session anew. */
export function roll(header: Words, session: number, change: () => void): void {
  beginChange(header, Word.epoch);
  beginChange(header, Word.metricsRevision);
  header.store(Word.slots, 0);
  header.store(Word.session, session);
  change();
  endChange(header, Word.metricsRevision);
  endChange(header, Word.epoch);
}

/** Whether the slab of a session can be had: everybody who reads what is in it fails its check of the epoch. The library asks. */
export function mayLayOut(header: Words, session: number, ahead: number): boolean {
  return session <= header.load(Word.session) + ahead;
}

/** Hands the first `sessions` sessions, laid out, to upkeep and the coordinator. */
export function publishStaged(header: Words, sessions: number): void {
  header.store(Word.staged, sessions);
}

/** Whether a session is laid out. */
export function isStaged(header: Words, session: number): boolean {
  return header.load(Word.staged) > session;
}

/** How far the other side of a ring with one writer and one reader has come: records put (its head) or taken (its tail). */
export function reached(header: Words, counter: number): number {
  return header.load(counter);
}

/** Hands a ring's records up to `count` over: written ones to the reader, taken ones to the writer as room. */
export function handOver(header: Words, counter: number, count: number): void {
  header.store(counter, count);
}

/** Announces the next record of a ring whose oldest ones are overwritten while others read; returns how many there are with it. */
export function beginRecord(words: Words, reserved: number): number {
  return words.add(reserved, 1) + 1;
}

/** Shows the record that was announced and written. */
export function endRecord(words: Words, written: number): void {
  words.add(written, 1);
}

/** Takes all of a ring's records back. A read-modify-write, so that what others have read lies before what is written next. */
export function takeBack(words: Words, written: number, records: number): void {
  words.add(written, -records);
}

/** How many records are written. What is read of them afterwards is whole if `recordsReserved` says so after the reading. */
export function recordsWritten(words: Words, written: number): number {
  return words.add(written, 0);
}

/** How many records are written or being written: of what was read before this call, the last `capacity` of them are whole. */
export function recordsReserved(words: Words, reserved: number): number {
  return words.add(reserved, 0);
}

/** Makes a sleeper known: raises its flag and returns what its bell is to be compared with. It looks again before it sleeps. */
export function raiseFlag(header: Words, bell: number): number {
  const seen = header.load(bell);
  header.store(bell + 1, 1);
  return seen;
}

/** The sleeper is awake. */
export function lowerFlag(header: Words, bell: number): void {
  header.store(bell + 1, 0);
}

/** Wakes a sleeper. What it waits for was stored before. */
export function wake(header: Words, bell: number): void {
  if (header.load(bell + 1) === 0) return;
  header.add(bell, 1);
  header.notify(bell);
}
