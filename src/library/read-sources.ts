import { closestOf, mayBeBarsOf } from '../intake/first-steps.ts';
import type { IntakeChoices } from '../intake/choices.ts';
import type { Collector } from '../intake/collector.ts';
import { contentsOf } from '../intake/contents.ts';
import { onceOpened } from '../intake/once-opened.ts';
import { readFile } from '../intake/read-file.ts';
import type { CancelSignal, ReadProgress } from '../intake/result.ts';
import type { ByteSource } from '../intake/source.ts';
import type { Verdicts } from '../intake/verdict.ts';

/** What reading needs besides the files. */
export interface Reading {
  readonly choices: IntakeChoices;
  readonly collector: Collector;
  readonly verdicts: Verdicts;
  readonly signal: CancelSignal | undefined;
  /** The interval that bars must have, in milliseconds; null: that of the first file of which it is clear. */
  readonly intervalMs: number | null;
  /** Called between slices. */
  pause(): Promise<void>;
  /** Hears of files, of bytes on disk and of bars, so far. */
  onProgress(file: string, bytes: number, bars: number): void;
}

/** What came of reading. */
export interface WhatWasRead {
  readonly bars: number;
  /** The interval that files were taken by; null where it was clear of none. */
  readonly intervalMs: number | null;
  /** Files of splits and dividends. */
  readonly adjusting: readonly ByteSource[];
  /** Files whose bars have clearly another interval, or are closer to each other; they were not read. */
  readonly aside: readonly { readonly file: ByteSource; readonly intervalMs: number }[];
}

/** Reads files, and those in archives, into the collector. Throws as `readFile` and `contentsOf` do. */
export async function readSources(sources: readonly ByteSource[], reading: Reading): Promise<WhatWasRead> {
  const { choices, collector, verdicts, signal, pause } = reading;
  const adjusting: ByteSource[] = [];
  const aside: { file: ByteSource; intervalMs: number }[] = [];
  let { intervalMs } = reading;
  let [bytes, bars] = [0, 0];
  for (const source of sources) {
    const begun = onceOpened(pausing(source, pause));
    const plain = (file: ByteSource): ByteSource => (file === begun ? source : file);
    const before = bytes;
    try {
      const { files, skipped, adjustments } = await contentsOf(begun);
      collector.skip(skipped);
      if (adjustments) adjusting.push(plain(adjustments));
      const unpackedBytes = files.reduce((sum, { size }) => sum + size, 0);
      let read = 0;
      for (const file of files) {
        const barsBefore = bars;
        const report = (progress: ReadProgress): void => {
          bytes = before + Math.round((source.size * (read + progress.bytes)) / unpackedBytes);
          bars = barsBefore + progress.bars;
          reading.onProgress(file.name, bytes, bars);
        };
        await readFile(file, choices, collector, report, signal, verdicts, (clear, instants) => {
          intervalMs ??= clear;
          // Bars that are closer to each other than theirs cannot be of them, whatever they are.
          const other =
            clear ?? (intervalMs === null || mayBeBarsOf(intervalMs, instants) ? intervalMs : closestOf(instants));
          if (other === null || other === intervalMs) return true;
          aside.push({ file: plain(file), intervalMs: other });
          return false;
        });
        read += file.size;
      }
    } finally {
      await begun.close();
    }
    bytes = before + source.size;
  }
  return { bars, intervalMs, adjusting, aside };
}

/** The same file, with a pause between its slices. */
function pausing(source: ByteSource, pause: () => Promise<void>): ByteSource {
  return {
    ...source,
    async *open(from, to) {
      for await (const slice of source.open(from, to)) {
        yield slice;
        await pause();
      }
    },
  };
}
