import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Presence, PresenceBuilder } from '../../src/quality/presence.ts';
import { imported } from '../intake/files.ts';
import { sharedData } from '../support/shared-data.ts';

/** The presence of bars that start at these times. */
export function presenceOf(starts: Iterable<number>, intervalMs: number): Presence {
  const builder = new PresenceBuilder(intervalMs);
  for (const start of starts) builder.add(start, 1);
  return new Presence(builder.finish());
}

/** The starts that a presence hands out from a stretch of time. */
export function startsIn(presence: Presence, from = -Infinity, to = Infinity): number[] {
  const starts: number[] = [];
  presence.eachRun(from, to, (start, count) => {
    for (let i = 0; i < count; i++) starts.push(start + i * presence.intervalMs);
  });
  return starts;
}

/** The starts of a shared file's bars, as intake reads them. */
export async function sharedStarts(path: string): Promise<{ starts: number[]; intervalMs: number }> {
  const full = sharedData(path);
  const file = { name: basename(path), size: statSync(full).size, open: () => createReadStream(full) };
  const { symbols, intervalMs } = await imported([file]);
  const { start, count } = symbols[0]!.columns;
  return { starts: [...start.subarray(0, count)], intervalMs };
}
