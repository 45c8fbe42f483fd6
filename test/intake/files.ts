import { gzipSync } from 'node:zlib';
import { barColumns, type BarColumns } from '../../src/bars/columns.ts';
import type { RecordColumns } from '../../src/bars/records.ts';
import type { Audit } from '../../src/intake/audit.ts';
import type { IntakeChoices, LayoutChoices } from '../../src/intake/choices.ts';
import { defaultChoices } from '../../src/intake/choices.ts';
import { Collector } from '../../src/intake/collector.ts';
import { contentsOf } from '../../src/intake/contents.ts';
import { readFile } from '../../src/intake/read-file.ts';
import type { FinishedBars } from '../../src/intake/result.ts';
import type { SymbolBars, SymbolRecords } from '../../src/intake/series.ts';
import type { ByteSource } from '../../src/intake/source.ts';

/** A source that counts how often it was opened and closed. */
export interface TestSource extends ByteSource {
  opened: number;
  closed: number;
}

/** A file that arrives in chunks of those lengths, over and over; each is spoilt when the next is asked for, as one whose memory is read into again. */
export function file(name: string, content: string | Uint8Array, chunks: readonly number[] = [65_536]): TestSource {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const source: TestSource = {
    name,
    size: bytes.length,
    opened: 0,
    closed: 0,
    async *open(from = 0, to = bytes.length) {
      source.opened++;
      try {
        for (let at = from, i = 0; at < to; i++) {
          const length = chunks[i % chunks.length]!;
          const chunk = new Uint8Array(bytes.subarray(at, Math.min(to, at + length)));
          yield chunk;
          chunk.fill(0xff);
          at += length;
        }
      } finally {
        source.closed++;
      }
    },
  };
  return source;
}

export function gzipped(name: string, text: string | Uint8Array, chunks?: readonly number[]): TestSource {
  return file(name, gzipSync(text), chunks);
}

export const header = 'timestamp,open,high,low,close,volume';

/** A file of lines under the usual header. */
export function csv(...lines: string[]): string {
  return [header, ...lines, ''].join('\n');
}

export const breathe = async (): Promise<void> => undefined;

/** Choices for all files, and those for the import. */
export type TestChoices = LayoutChoices & Partial<Pick<IntakeChoices, 'marketZone' | 'conflicts' | 'byLayout'>>;

export function choicesOf(choices: TestChoices): IntakeChoices {
  const { marketZone, conflicts, byLayout, all, ...forAll } = { ...defaultChoices, ...choices };
  return { marketZone, conflicts, byLayout, all: { ...all, ...forAll } };
}

/** What one import gives, with all bars in memory. */
export interface Imported extends Omit<FinishedBars, 'symbols'> {
  readonly symbols: readonly { readonly name: string; readonly columns: BarColumns }[];
}

/** What one import of these files gives. */
export async function imported(
  files: readonly ByteSource[],
  choices: TestChoices = {},
  collector = new Collector(null, choices.conflicts),
): Promise<Imported> {
  for (const each of files) {
    const { files: parts, skipped } = await contentsOf(each);
    collector.skip(skipped);
    for (const part of parts) await readFile(part, choicesOf(choices), collector);
  }
  const result = await collector.finish(breathe);
  return { ...result, symbols: await Promise.all(result.symbols.map(gathered)) };
}

async function gathered({ name, count, pieces }: SymbolBars): Promise<Imported['symbols'][number]> {
  const columns = barColumns(count);
  for await (const piece of pieces()) {
    for (const column of ['start', 'open', 'high', 'low', 'close', 'volume'] as const)
      columns[column].set(piece[column].subarray(0, piece.count), columns.count);
    columns.count += piece.count;
  }
  return { name, columns };
}

/** The records of a symbol that has one piece of them. */
export async function onePiece({ pieces }: SymbolRecords): Promise<RecordColumns> {
  for await (const piece of pieces()) return piece;
  throw new Error('a symbol has no records');
}

/** The bars of a symbol as `[start in ISO 8601, open, high, low, close, volume]`. */
export function barsOf(result: Imported, symbol?: string): (string | number)[][] {
  const found = symbol === undefined ? result.symbols[0] : result.symbols.find(({ name }) => name === symbol);
  const { start, open, high, low, close, volume, count } = found!.columns;
  return Array.from({ length: count }, (_, i) => [
    new Date(start[i]!).toISOString().replace('.000Z', 'Z'),
    ...[open[i]!, high[i]!, low[i]!, close[i]!, volume[i]!],
  ]);
}

export function startsOf(result: Imported): string[] {
  return barsOf(result).map((bar) => bar[0] as string);
}

/** The counts of an audit that are not zero. */
export function countsOf(audit: Audit): Record<string, number> {
  const { records, accepted, duplicates, conflicts, rejected, headers, blanks, outOfOrder } = audit;
  const counts = { records, accepted, duplicates, conflicts, rejected, headers, blanks, outOfOrder };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
}

/** The value of a decision; undefined when there is none. */
export function decided(audit: Pick<Audit, 'decisions'>, name: string): string | undefined {
  return audit.decisions.find((decision) => decision.name === name)?.value;
}
