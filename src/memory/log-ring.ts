import { instant } from '../time/instant.ts';
import type { Block } from './block.ts';
import { logCapacity, logWords, Word } from './layout.ts';
import type { LogRecord } from './log.ts';

/** Adds a record; the oldest one is overwritten when the ring is full. The coordinator alone. */
export function putLog(
  block: Block,
  at: number,
  loop: number,
  code: number,
  symbol: number,
  a: number,
  b: number,
): void {
  const sequence = Atomics.add(block.words, Word.logReserved, 1) + 1;
  const place = (sequence % logCapacity) * logWords;
  block.logTimes[place / 2] = at;
  block.logWords[place + 2] = sequence;
  block.logWords[place + 3] = loop;
  block.logWords[place + 4] = code;
  block.logWords[place + 5] = symbol;
  block.logWords[place + 6] = a;
  block.logWords[place + 7] = b;
  Atomics.add(block.words, Word.logHead, 1);
}

/** The records after a sequence number that are still there, oldest first. What was overwritten is missing at the front. */
export function readLog(block: Block, after: number): LogRecord[] {
  const head = Atomics.add(block.words, Word.logHead, 0);
  const records: LogRecord[] = [];
  for (let sequence = Math.max(after, head - logCapacity) + 1; sequence <= head; sequence++) {
    const place = (sequence % logCapacity) * logWords;
    records.push({
      sequence,
      at: instant(block.logTimes[place / 2]!),
      loop: block.logWords[place + 3]!,
      code: block.logWords[place + 4]!,
      symbol: block.logWords[place + 5]!,
      a: block.logWords[place + 6]!,
      b: block.logWords[place + 7]!,
    });
  }
  const reserved = Atomics.add(block.words, Word.logReserved, 0);
  return records.filter(({ sequence }) => sequence > reserved - logCapacity);
}
