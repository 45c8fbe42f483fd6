import { instant } from '../time/instant.ts';
import type { Block } from './block.ts';
import { logWords, Word } from './layout.ts';
import type { LogRecord } from './log.ts';
import { beginRecord, endRecord, recordsReserved, recordsWritten } from './protocol.ts';

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
  const sequence = beginRecord(block.header, Word.logReserved);
  const place = (sequence % logCapacity(block)) * logWords;
  block.logTimes[place / 2] = at;
  block.logWords[place + 2] = sequence;
  block.logWords[place + 3] = loop;
  block.logWords[place + 4] = code;
  block.logWords[place + 5] = symbol;
  block.logWords[place + 6] = a;
  block.logWords[place + 7] = b;
  endRecord(block.header, Word.logHead);
}

/** The records after a sequence number that are still there, oldest first. What was overwritten is missing at the front. */
export function readLog(block: Block, after: number): LogRecord[] {
  const capacity = logCapacity(block);
  const head = recordsWritten(block.header, Word.logHead);
  const records: LogRecord[] = [];
  for (let sequence = Math.max(after, head - capacity) + 1; sequence <= head; sequence++) {
    const place = (sequence % capacity) * logWords;
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
  const reserved = recordsReserved(block.header, Word.logReserved);
  return records.filter(({ sequence }) => sequence > reserved - capacity);
}

function logCapacity({ logWords: words }: Block): number {
  return words.length / logWords;
}
