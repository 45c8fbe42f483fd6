import type { DataKind } from '../bars/records.ts';
import { BarParser } from './bar-parser.ts';
import type { IntakeChoices } from './choices.ts';
import type { Collector } from './collector.ts';
import { kept } from './decisions.ts';
import { FileFault, inFile } from './file-fault.ts';
import { clearInterval } from './first-steps.ts';
import { fileHead } from './file-head.ts';
import { QuoteTickParser } from './quote-tick-parser.ts';
import type { CancelSignal, ReadProgress } from './result.ts';
import { throwIfCancelled } from './result.ts';
import { ignoredColumns, sniff } from './sniff.ts';
import type { ByteSource } from './source.ts';
import { tableSniffed } from './table-sniffed.ts';
import type { FileTally } from './tally.ts';
import type { Verdicts } from './verdict.ts';
import { noVerdicts } from './verdict.ts';
import { WholeLines } from './whole-lines.ts';

/**
 * Reads a file into the collector, a slice at a time, with the verdicts on files of its layout; `onProgress` hears of each slice.
 * Where it has bars of an interval that is not taken, nothing is read; resolves with whether it was. `takes` hears of the interval where it
 * is clear, and of the times of the first bars.
 *
 * Throws an error that names the file when it is no CSV of bars, quotes or ticks, is damaged, has a record that does not end, or has no
 * record that could be taken; and the signal's reason when that was given. The collector is of no use after an error.
 */
export async function readFile(
  source: ByteSource,
  choices: IntakeChoices,
  collector: Collector,
  onProgress?: (progress: ReadProgress) => void,
  signal?: CancelSignal,
  verdicts: Verdicts = noVerdicts,
  takes: (clearMs: number | null, instants: readonly number[]) => boolean = () => true,
): Promise<boolean> {
  return inFile(source.name, async () => {
    const head = await fileHead(source, signal);
    try {
      const text = sniff(source.name, head.head, head.whole, choices, verdicts);
      const sniffed = head.stream.isTable ? tableSniffed(text, head.head) : text;
      const { layout } = sniffed;
      const { kind } = layout;
      if (kind === 'bars' && !takes(clearInterval(sniffed, source.name), sniffed.instants)) return false;
      const tally = collector.beginFile(source.name, source.size);
      tally.ignoredColumns = ignoredColumns(sniffed);
      tally.decisions.push(...head.stream.decisions, ...sniffed.decisions.map(kept));
      tally.toldInterval = sniffed.toldInterval;
      tally.areDays = sniffed.areDays;
      collector.settleKind(kind);
      const parser =
        kind === 'bars' ? new BarParser(layout, collector, tally) : new QuoteTickParser(layout, kind, collector, tally);
      const settle = async (): Promise<void> => {
        if (collector.isFull) await collector.makeRoom();
        onProgress?.({
          file: source.name,
          bytes: head.stream.bytesRead,
          totalBytes: source.size,
          bars: tally.taken,
        });
      };
      const lines = new WholeLines(parser);
      lines.add(head.head.subarray(sniffed.start));
      for await (const slice of head.rest()) {
        await settle();
        throwIfCancelled(signal);
        lines.add(slice);
      }
      lines.end();
      await settle();
      parser.finish();
      refuseEmpty(tally, kind);
      tally.decideFromNotes(kind);
      return true;
    } finally {
      await head.close();
    }
  });
}

const singular: Record<DataKind, string> = { bars: 'a bar', quotes: 'a quote', ticks: 'a tick' };

function refuseEmpty(tally: FileTally, kind: DataKind): void {
  if (tally.taken > 0) return;
  const reason = tally.commonestReason();
  if (reason === null) throw new FileFault(`has a header and no ${kind} under it`);
  const { line, text } = tally.rejections.find((each) => each.reason === reason)!;
  throw new FileFault(
    `has no record that is ${singular[kind]}: ${tally.reasons[reason]!.toLocaleString('en-US')} of ` +
      `${tally.rejected.toLocaleString('en-US')} were refused because ${reason}; line ${line} is "${text.slice(0, 120)}"`,
  );
}
