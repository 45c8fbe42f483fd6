import type { BarColumns } from '../bars/columns.ts';
import { whole } from './byte-slices.ts';
import { Glance } from './glance.ts';
import type { Layout } from './layout.ts';
import type { ByteSource } from './source.ts';
import type { FileHead } from './file-head.ts';

/** Bars of one symbol that follow each other in a file, in time order. */
export interface Run {
  readonly symbol: string;
  /** With times as they are written: milliseconds of the wall clock, or instants where the text says them. */
  readonly columns: BarColumns;
}

/** A file with more text is looked at here and there. */
const smallTextBytes = 4_194_304;
/** A text that is packed can only be read from its beginning; so much of it is. */
const mostPackedBytes = 16_777_216;
const places = 48;
const placeBytes = 32_768;

/**
 * Bars from all over a file, in runs: of a small one all, of a large one those at 48 places, of one that is packed the first 16 MB.
 * `head` is of that file and is read on.
 */
export async function lookAround(source: ByteSource, head: FileHead, start: number, layout: Layout): Promise<Run[]> {
  if (head.whole) return runsOf(head.head.subarray(start), layout);
  const isOpen = head.stream.isPlain && source.isPacked !== true;
  if (!isOpen || source.size <= smallTextBytes) return runsOf(await beginning(head, start, mostPackedBytes), layout);
  const runs = runsOf(head.head.subarray(start), layout);
  const headless: Layout = { ...layout, headerRecords: 0 };
  // Asked for at once: a place takes longer to be found than to be read.
  const pieces = await Promise.all(
    Array.from({ length: places }, (_, i) => {
      const from = Math.floor(((source.size - placeBytes) * (i + 1)) / places);
      return whole(source.open(from, from + placeBytes));
    }),
  );
  for (const bytes of pieces) runs.push(...runsOf(bytes.subarray(bytes.indexOf(10) + 1), headless));
  return runs;
}

async function beginning({ head, rest }: FileHead, start: number, mostBytes: number): Promise<Uint8Array> {
  async function* text(): AsyncGenerator<Uint8Array> {
    let bytes = head.length - start;
    yield head.subarray(start);
    for await (const slice of rest()) {
      yield slice;
      bytes += slice.length;
      if (bytes >= mostBytes) return;
    }
  }
  return whole(text());
}

/** The bars of whole lines, by symbol. */
function runsOf(text: Uint8Array, layout: Layout): Run[] {
  const glance = new Glance(layout);
  glance.parse(text, 0, text.lastIndexOf(10) + 1);
  return glance.glimpses.map(({ symbol, columns }) => ({ symbol, columns: inOrder(columns) }));
}

/** Vendors write the newest first or last; anything between is sorted as well. */
function inOrder(columns: BarColumns): BarColumns {
  const { count, start } = columns;
  if (start.subarray(0, count).every((ms, i) => i === 0 || ms >= start[i - 1]!)) return columns;
  const order = Array.from({ length: count }, (_, i) => i).sort((a, b) => start[a]! - start[b]!);
  const pick = (values: Float64Array) => Float64Array.from(order, (i) => values[i]!);
  return {
    count,
    start: pick(start),
    open: pick(columns.open),
    high: pick(columns.high),
    low: pick(columns.low),
    close: pick(columns.close),
    volume: pick(columns.volume),
  };
}
