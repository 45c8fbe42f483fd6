import Papa from 'papaparse';
import { inferSchema, initParser } from 'udsv';
import { barColumns, type BarColumns } from '../../src/bars/columns.ts';
import { defaultChoices } from '../../src/intake/choices.ts';
import { Collector } from '../../src/intake/collector.ts';
import { readFile } from '../../src/intake/read-file.ts';
import { FreePages, SymbolRows } from '../../src/intake/symbol-rows.ts';
import { zone } from '../../src/time/zone.ts';
import { randomWalk } from '../support/synthetic.ts';
import { csvText, type TimeStyle } from './csv-text.ts';
import { digestOf } from './market.ts';
import { expectAnswer, median, secondsOf, type Measure } from './measure.ts';

const rounds = 3;
const sliceBytes = 1 << 18;

/** How times are written, in words; Unix times and ISO times have a fixed width. */
const styles: Readonly<Record<TimeStyle, string>> = {
  iso: 'ISO 8601 with Z',
  wall: 'wall clock of New York',
  unix: 'Unix milliseconds',
  american: 'American times of no fixed width',
};

/**
 * CSV bytes to columns by layout, beside libraries that do the same work and beside counting the newlines. `where` it runs.
 *
 * All begin with the same bytes and end with the same doubles, in columns that were there before: the first touch of memory
 * costs the same on all sides, and in browsers in a virtual machine more than all the rest. They take turns. What an import does beyond
 * it, to hash, to encode and to store, is no part of it.
 */
export async function raceToColumns(where: string): Promise<Measure[]> {
  const bars = randomWalk('2013-01-02', '2020-12-31', 7);
  const room: Room = { free: new FreePages(), columns: barColumns(bars.count) };
  const measures: Measure[] = [];
  for (const style of ['iso', 'unix', 'wall', 'american'] as const)
    measures.push(await benchFile(bars, style, where, room));
  return measures;
}

/** Where the columns go: pages for intake, columns for the others. */
interface Room {
  readonly free: FreePages;
  readonly columns: BarColumns;
}

async function benchFile(bars: BarColumns, style: TimeStyle, where: string, room: Room): Promise<Measure> {
  const bytes = new TextEncoder().encode(csvText(bars, style));
  const right = digestOf([bars]);
  const times = { intake: [] as number[], udsv: [] as number[], papa: [] as number[], newlines: [] as number[] };
  const { columns } = room;
  // The first round touches the columns, and has the code made ready.
  for (let round = -1; round < rounds; round++) {
    let rows = new SymbolRows('', room.free);
    const intake = await secondsOf(async () => (rows = await byIntake(bytes, room.free)));
    join(rows.pages, columns);
    expectAnswer(`intake of ${style}`, digestOf([columns]), right);
    expectAnswer(`order of ${style}`, rows.ordered, true);
    room.free.give(rows.pages);
    const udsv = await secondsOf(() => byUdsv(bytes, style, columns));
    expectAnswer(`uDSV of ${style}`, digestOf([columns]), right);
    const papa = await secondsOf(() => byPapa(bytes, style, columns));
    expectAnswer(`PapaParse of ${style}`, digestOf([columns]), right);
    let found = 0;
    const newlines = await secondsOf(() => (found = countNewlines(bytes)));
    expectAnswer('newlines', found, bars.count + 1);
    if (round < 0) continue;
    times.intake.push(intake);
    times.udsv.push(udsv);
    times.papa.push(papa);
    times.newlines.push(newlines);
  }
  const rate = (seconds: readonly number[]): number => bytes.length / 1e6 / median(seconds);
  return {
    name: `CSV to columns in ${where}, ${styles[style]}`,
    value: rate(times.intake),
    unit: 'MB/s',
    versus: { uDSV: rate(times.udsv), PapaParse: rate(times.papa) },
    limit: { name: 'counting newlines', value: rate(times.newlines) },
  };
}

async function byIntake(bytes: Uint8Array, free: FreePages): Promise<SymbolRows> {
  const collector = new Collector(null, 'last', free);
  const source = {
    name: 'SPY.csv',
    size: bytes.length,
    async *open() {
      for (let at = 0; at < bytes.length; at += sliceBytes) yield bytes.subarray(at, at + sliceBytes);
    },
  };
  await readFile(source, defaultChoices, collector);
  return collector.symbol('SPY');
}

/** Puts the pages of rows that are in order into the columns, behind each other. */
function join(pages: readonly BarColumns[], all: BarColumns): void {
  all.count = 0;
  for (const page of pages) {
    for (const name of ['start', 'open', 'high', 'low', 'close', 'volume'] as const)
      all[name].set(page[name].subarray(0, page.count), all.count);
    all.count += page.count;
  }
}

/** What is left to do with a peer's row after the text is cut into fields: into the columns, from their beginning on. */
function rowTaker(columns: BarColumns, style: TimeStyle): (row: readonly string[]) => void {
  columns.count = 0;
  const { fromWall } = zone('America/New_York');
  const startOf: (text: string) => number = {
    iso: (text: string) => Date.parse(text),
    wall: (text: string) => fromWall(Date.parse(`${text}Z`)),
    unix: Number,
    american: (text: string) => fromWall(Date.parse(`${text} UTC`)),
  }[style];
  return (row) => {
    const i = columns.count++;
    columns.start[i] = startOf(row[0]!);
    columns.open[i] = Number(row[1]);
    columns.high[i] = Number(row[2]);
    columns.low[i] = Number(row[3]);
    columns.close[i] = Number(row[4]);
    columns.volume[i] = Number(row[5]);
  };
}

function byUdsv(bytes: Uint8Array, style: TimeStyle, columns: BarColumns): void {
  const text = new TextDecoder('latin1').decode(bytes);
  initParser(inferSchema(text)).stringArrs(text, rowTaker(columns, style));
}

function byPapa(bytes: Uint8Array, style: TimeStyle, columns: BarColumns): void {
  const text = new TextDecoder('latin1').decode(bytes);
  const take = rowTaker(columns, style);
  let header = true;
  Papa.parse<string[]>(text, {
    skipEmptyLines: true,
    step: ({ data }) => {
      if (!header) take(data);
      header = false;
    },
  });
}

function countNewlines(bytes: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 10) count++;
  return count;
}
