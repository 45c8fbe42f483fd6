import type { DataKind } from '../bars/records.ts';
import type { Decision } from '../intake/audit.ts';
import type { FilePreview } from '../intake/preview.ts';
import type { Coverage } from '../quality/coverage.ts';
import type { KeptAdjustments } from '../library/adjustments.ts';
import type { ImportPreview } from '../library/import-preview.ts';
import type { ImportSummary } from '../library/import.ts';
import type { Instant } from '../time/instant.ts';
import { countLabel, percentLabel, placeLabel, rangeLabel, several, singular } from './labels.ts';

/** Symbols that a sentence names; more are counted. */
const mostNamed = 4;

/**
 * What was understood of an import, in one sentence: `758 one-minute bars of WALK, 7 – 8 Mar 2024, each time with its offset, taken as
 * stamped at their start; 22 bars (2.9 %) are missing in 2 sessions of XNYS.` Days are those of the market's zone.
 */
export function importSentence({ manifest, audits, coverage }: ImportSummary, marketZone: string): string {
  const { bars, kind, interval, symbols, from, to } = manifest;
  const noun = singular(manifest);
  const what = `${countLabel(bars)} ${noun === 'bar' ? `${intervalWords(interval)} ` : ''}${noun}${bars === 1 ? '' : 's'}`;
  const said = [
    `${what} of ${symbolWords(symbols.map(({ name }) => name))}`,
    daysWords(from, to, marketZone),
    ...timeWords(
      audits.map(({ decisions }) => decisions),
      kind,
    ),
  ].join(', ');
  return `${said}${coverage ? `; ${coverageWords(coverage)}` : ''}.`;
}

/** Days of the market's zone, which is named where they are others than in UTC. */
function daysWords(from: Instant, to: Instant, marketZone: string): string {
  const days = rangeLabel(from, to, marketZone);
  return days === rangeLabel(from, to, 'UTC') ? days : `${days} in ${placeLabel(marketZone)}`;
}

/** What a file of splits and dividends is taken for, in a sentence. */
export function adjustmentsSentence({ file, count, symbols }: ImportPreview['adjustments'][number]): string {
  return `${file}: ${several(count, 'adjustment')} of ${symbolWords(symbols)} will be kept with their bars, which stay as they are; the setting “Adjust” plays with them.`;
}

/** What became of files of splits and dividends, in sentences. */
export function adjustedSentences({ datasets, count, symbols, without }: KeptAdjustments): string {
  const kept = `${several(count, 'adjustment')} of ${symbolWords(symbols)} ${count === 1 ? 'is' : 'are'} kept with ${datasets.map((name) => `“${name}”`).join(', ')}; the setting “Adjust” plays with them.`;
  const left =
    without.length === 0 ? '' : ` There are no bars of ${symbolWords(without)}, and nothing is kept of them.`;
  return symbols.length === 0 ? left.trim() : kept + left;
}

/** What was understood of a file from its beginning, in one sentence. */
export function previewSentence({ decisions, symbol, ignoredColumns }: FilePreview): string {
  const kind = decisions.find(({ name }) => name === 'kind')?.value as DataKind | undefined;
  const whose = symbol === null ? 'of the symbols that a column names' : `of ${symbol}`;
  const said = [`${upper(kind ?? 'bars')} ${whose}`, ...timeWords([decisions], kind)].join(', ');
  if (ignoredColumns.length === 0) return `${said}; every column is used.`;
  return `${said}; ${several(ignoredColumns.length, 'column')} ${ignoredColumns.length === 1 ? 'is' : 'are'} left out.`;
}

/** What the files say of their times, where they say the same; else that they do not. */
function timeWords(files: readonly (readonly Decision[])[], kind: DataKind | undefined): string[] {
  const of = (name: string) => files.flatMap((decisions) => decisions.filter((each) => each.name === name));
  const zones = of('zone');
  const stamps = of('stamp');
  const words: string[] = [];
  const isGuess = (decisions: readonly Decision[]) => decisions.some(({ guess }) => guess);
  if (zones[0]) {
    const zone = areOne(zones) ? zoneWords(zones[0].value) : 'times in zones that differ by file';
    words.push(`${zone}${isGuess(zones) ? ' (a guess)' : ''}`);
  }
  if (stamps[0] && (kind ?? 'bars') === 'bars') {
    const stamp = areOne(stamps) ? stamps[0].value : 'start or end, by file';
    words.push(`${isGuess(stamps) ? 'taken as stamped' : 'stamped'} at their ${stamp}`);
  }
  return words;
}

function areOne(decisions: readonly Decision[]): boolean {
  return decisions.every(({ value }) => value === decisions[0]!.value);
}

function zoneWords(value: string): string {
  if (value === 'in the text') return 'each time with its offset';
  return value === 'UTC' ? 'times in UTC' : `${placeLabel(value)} time`;
}

function coverageWords({ calendar, sessions, expected, present }: Coverage): string {
  const market = calendar === 'custom' ? 'your calendar' : calendar;
  if (sessions === 0) return `none in a session of ${market}`;
  const where = `in ${several(sessions, 'session')} of ${market}`;
  const missing = expected - present;
  if (missing === 0) return `nothing is missing ${where}`;
  const share = percentLabel((100 * missing) / expected);
  return `${several(missing, 'bar')} (${share}) ${missing === 1 ? 'is' : 'are'} missing ${where}`;
}

const units: Readonly<Record<string, string>> = { s: 'second', m: 'minute', h: 'hour', d: 'day' };

/** `one-minute` of `1m`, `15-minute` of `15m`, `daily` of `1d`. */
function intervalWords(interval: string): string {
  if (interval === '1d') return 'daily';
  const [, count, unit] = /^(\d+)([smhd])$/.exec(interval) ?? [];
  return unit === undefined ? interval : `${count === '1' ? 'one' : count}-${units[unit]}`;
}

function symbolWords(names: readonly string[]): string {
  if (names.length > mostNamed) return several(names.length, 'symbol');
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function upper(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
