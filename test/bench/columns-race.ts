import Papa from 'papaparse';
import { inferSchema, initParser } from 'udsv';
import { barColumns, type BarColumns } from '../../src/bars/columns.ts';
import { defaultChoices } from '../../src/intake/choices.ts';
import { Collector } from '../../src/intake/collector.ts';
import { readFile } from '../../src/intake/read-file.ts';
import { zone } from '../../src/time/zone.ts';
import { randomWalk } from '../support/synthetic.ts';
import { csvText, type TimeStyle } from './csv-text.ts';
import { digestOf } from './market.ts';
import { expectAnswer, median, secondsOf, type Measure } from './measure.ts';

const rounds = 3;
/** Peers take seconds a round. */
const peerRounds = 1;
const sliceBytes = 1 << 18;

/** How times are written, in words; Unix times and ISO times have a fixed width. */
const styles: Readonly<Record<TimeStyle, string>> = {
  iso: 'ISO 8601 with Z',
  wall: 'wall clock of New York',
  unix: 'Unix milliseconds',
};

/** CSV bytes to columns by layout, beside libraries that do the same work and beside counting the newlines. `where` it runs. */
export async function raceToColumns(where: string): Promise<Measure[]> {
  const bars = randomWalk('2013-01-02', '2020-12-31', 7);
  const measures: Measure[] = [];
  for (const style of ['iso', 'unix', 'wall'] as const) measures.push(await benchFile(bars, style, where));
  return measures;
}

async function benchFile(bars: BarColumns, style: TimeStyle, where: string): Promise<Measure> {
  const bytes = new TextEncoder().encode(csvText(bars, style));
  const right = digestOf([bars]);
  const times = { intake: [] as number[], udsv: [] as number[], papa: [] as number[], newlines: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    let columns = barColumns(0);
    let pieces: readonly BarColumns[] = [];
    times.intake.push(await secondsOf(async () => (pieces = await byIntake(bytes))));
    expectAnswer(`intake of ${style}`, digestOf([joined(pieces)]), right);
    if (round < peerRounds) {
      times.udsv.push(await secondsOf(() => (columns = byUdsv(bytes, style))));
      expectAnswer(`uDSV of ${style}`, digestOf([columns]), right);
      times.papa.push(await secondsOf(() => (columns = byPapa(bytes, style))));
      expectAnswer(`PapaParse of ${style}`, digestOf([columns]), right);
    }
    let newlines = 0;
    times.newlines.push(await secondsOf(() => (newlines = countNewlines(bytes))));
    expectAnswer('newlines', newlines, bars.count + 1);
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

async function byIntake(bytes: Uint8Array): Promise<readonly BarColumns[]> {
  const collector = new Collector();
  const source = {
    name: 'SPY.csv',
    size: bytes.length,
    async *open() {
      for (let at = 0; at < bytes.length; at += sliceBytes) yield bytes.subarray(at, at + sliceBytes);
    },
  };
  await readFile(source, defaultChoices, collector);
  const { symbols } = await collector.finish(() => Promise.resolve());
  const pieces: BarColumns[] = [];
  for await (const columns of symbols[0]!.pieces()) pieces.push(columns);
  return pieces;
}

/** The pieces of a series behind each other. */
function joined(pieces: readonly BarColumns[]): BarColumns {
  const all = barColumns(pieces.reduce((sum, { count }) => sum + count, 0));
  for (const piece of pieces) {
    for (const name of ['start', 'open', 'high', 'low', 'close', 'volume'] as const)
      all[name].set(piece[name].subarray(0, piece.count), all.count);
    all.count += piece.count;
  }
  return all;
}

/** Makes the taker of a peer's rows: it does what is left to do after the text is cut into fields. */
function rowTaker(capacity: number, style: TimeStyle): { columns: BarColumns; take(row: readonly string[]): void } {
  const columns = barColumns(capacity);
  const { fromWall } = zone('America/New_York');
  const startOf: (text: string) => number = {
    iso: (text: string) => Date.parse(text),
    wall: (text: string) => fromWall(Date.parse(`${text}Z`)),
    unix: Number,
  }[style];
  const take = (row: readonly string[]): void => {
    const i = columns.count++;
    columns.start[i] = startOf(row[0]!);
    columns.open[i] = Number(row[1]);
    columns.high[i] = Number(row[2]);
    columns.low[i] = Number(row[3]);
    columns.close[i] = Number(row[4]);
    columns.volume[i] = Number(row[5]);
  };
  return { columns, take };
}

function byUdsv(bytes: Uint8Array, style: TimeStyle): BarColumns {
  const text = new TextDecoder('latin1').decode(bytes);
  const { columns, take } = rowTaker(bytes.length >> 4, style);
  initParser(inferSchema(text)).stringArrs(text, take);
  return columns;
}

function byPapa(bytes: Uint8Array, style: TimeStyle): BarColumns {
  const text = new TextDecoder('latin1').decode(bytes);
  const { columns, take } = rowTaker(bytes.length >> 4, style);
  let header = true;
  Papa.parse<string[]>(text, {
    skipEmptyLines: true,
    step: ({ data }) => {
      if (!header) take(data);
      header = false;
    },
  });
  return columns;
}

function countNewlines(bytes: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 10) count++;
  return count;
}
