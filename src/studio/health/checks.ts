import { bytesLabel, countLabel, percentLabel } from '../labels.ts';

/** `rest`: there is nothing to measure now. */
export type Level = 'rest' | 'ok' | 'warning' | 'failing';

/** What the checks look at, measured a second apart. What is not known, or has no meaning now, is null. */
export interface Facts {
  /** Seconds without a sign of life, by worker. */
  readonly silentSeconds: {
    readonly coordinator: number | null;
    readonly upkeep: number | null;
    readonly library: number | null;
  };
  /** Workers that were lost and started again within the last minute. */
  readonly lossesLately: number;
  /** The longest time within the last second in which the page could not answer, milliseconds. */
  readonly pageBusyMs: number;
  /** How far the tape is behind the clock, milliseconds; null while it is not paced. */
  readonly lagMs: number | null;
  /** Entries of upkeep's journal that wait for the clock, and as many as it holds. */
  readonly journal: { readonly waiting: number; readonly room: number } | null;
  /** Bytes of the run's block, what the page's own heap takes where the browser says so, and what the machine has. */
  readonly memory: { readonly planned: number; readonly heap: number | null; readonly machine: number };
  readonly storage: { readonly used: number; readonly quota: number } | null;
  /** Bars of the session so far: expected, there, still looked for, given up. */
  readonly bars: {
    readonly expected: number;
    readonly present: number;
    readonly open: number;
    readonly givenUp: number;
  } | null;
  readonly prefetch: { readonly hits: number; readonly misses: number } | null;
  /** Seconds of the session since the last bar, and after how many the session times out. */
  readonly lastBar: { readonly seconds: number; readonly timeout: number } | null;
}

export interface CheckDefinition {
  readonly name: string;
  /** What is measured; null where there is nothing to measure. */
  readonly measure: (facts: Facts) => number | null;
  /** What value and thresholds are in; empty for a count. */
  readonly unit: 's' | 'ms' | '%' | '';
  /** The value with its unit. */
  readonly words: (value: number, facts: Facts) => string;
  /** From this value on it is a warning, from the second it fails. Where less is worse, up to it. */
  readonly warning: number;
  readonly failing: number;
  readonly lessIsWorse?: boolean;
  /** What the check says, and what to do when it does not hold. */
  readonly meaning: string;
  readonly advice: string;
}

const seconds = (value: number): string => `${value.toFixed(1)} s`;
const milliseconds = (value: number): string => `${countLabel(Math.round(value))} ms`;
const share = (part: number, whole: number): number | null => (whole > 0 ? (100 * part) / whole : null);

function alive(worker: keyof Facts['silentSeconds'], name: string, duty: string): CheckDefinition {
  return {
    name,
    measure: ({ silentSeconds }) => silentSeconds[worker],
    unit: 's',
    words: seconds,
    warning: 1.5,
    failing: 2.5,
    meaning: `How long the worker that ${duty} has given no sign of life.`,
    advice:
      'It is started again by itself, and the run goes on where it was. If that comes again and again, reload the page.',
  };
}

/** All checks, in the order in which they are shown. */
export const checks: readonly CheckDefinition[] = [
  alive('coordinator', 'Coordinator', 'plays the tape'),
  alive('upkeep', 'Upkeep', 'looks after the data'),
  alive('library', 'Library', 'reads what is stored'),
  {
    name: 'Restarts',
    measure: ({ lossesLately }) => lossesLately,
    unit: '',
    words: (value) => `${countLabel(value)} in a minute`,
    warning: 1,
    failing: 3,
    meaning: 'Workers that were lost and started again within the last minute.',
    advice: 'The run was built anew and is whole. If it comes again, close other tabs: the browser may lack memory.',
  },
  {
    name: 'Page',
    measure: ({ pageBusyMs }) => pageBusyMs,
    unit: 'ms',
    words: milliseconds,
    warning: 250,
    failing: 1_500,
    meaning: 'The longest time within a second in which the page could not answer.',
    advice:
      'Chart fewer symbols, or close what else keeps the machine busy. The run itself does not wait for the page.',
  },
  {
    name: 'Lag',
    measure: ({ lagMs }) => lagMs,
    unit: 'ms',
    words: milliseconds,
    warning: 500,
    failing: 3_000,
    meaning: 'How far the tape is behind the time at which its next bar is due.',
    advice: 'The speed is more than this machine keeps up with: choose a lower one, or max, which has no pace to keep.',
  },
  {
    name: 'Journal',
    measure: ({ journal }) => journal && share(journal.waiting, journal.room),
    unit: '%',
    words: (value, { journal }) =>
      `${countLabel(journal?.waiting ?? 0)} of ${countLabel(journal?.room ?? 0)} (${percentLabel(value)})`,
    warning: 100,
    failing: Infinity,
    meaning:
      'Entries of upkeep that wait for the clock, of the room for them. What does not fit waits with upkeep, and nothing is lost.',
    advice: 'Nothing has to be done: upkeep goes on when the coordinator has read.',
  },
  {
    name: 'Memory',
    measure: ({ memory }) => share(memory.planned + (memory.heap ?? 0), memory.machine),
    unit: '%',
    words: (value, { memory }) =>
      `${bytesLabel(memory.planned)} of the run${memory.heap === null ? '' : `, ${bytesLabel(memory.heap)} of the page`} (${percentLabel(value)} of ${bytesLabel(memory.machine)})`,
    warning: 50,
    failing: 80,
    meaning:
      'What the run takes by its plan, with the heap of the page where the browser tells it, beside what a page can count on.',
    advice: 'Play fewer symbols, shorten history.trailingDays, or close other tabs.',
  },
  {
    name: 'Storage',
    measure: ({ storage }) => storage && share(storage.used, storage.quota),
    unit: '%',
    words: (value, { storage }) =>
      `${bytesLabel(storage?.used ?? 0)} of ${bytesLabel(storage?.quota ?? 0)} (${percentLabel(value)})`,
    warning: 80,
    failing: 95,
    meaning: 'What the library takes of the space that the browser gives this site.',
    advice: 'Export datasets that you do not need here, and delete them, before you import more.',
  },
  {
    name: 'Quality',
    measure: ({ bars }) => bars && share(bars.present, bars.expected),
    unit: '%',
    words: percentLabel,
    warning: 95,
    failing: 80,
    lessIsWorse: true,
    meaning: 'Bars of the session that are there, of those that the calendar expects up to now, over all symbols.',
    advice:
      'Name a dataset that has the missing bars in data.fillFrom, or see the map of the dataset for what it lacks.',
  },
  {
    name: 'Gaps outstanding',
    measure: ({ bars }) => bars && share(bars.open, bars.expected),
    unit: '%',
    words: (value, { bars }) => `${countLabel(bars?.open ?? 0)} (${percentLabel(value)} of the bars)`,
    warning: 5,
    failing: 25,
    meaning: 'Missing bars that upkeep still looks for, of those that the calendar expects up to now.',
    advice: 'They are looked up again at every check. If they stay, the fill sources do not have them.',
  },
  {
    name: 'Retries used up',
    measure: ({ bars }) => bars && share(bars.givenUp, bars.expected),
    unit: '%',
    words: (value, { bars }) => `${countLabel(bars?.givenUp ?? 0)} (${percentLabel(value)} of the bars)`,
    warning: 5,
    failing: 25,
    meaning: 'Missing bars of the session that no fill source had after upkeep.maxRetries look-ups.',
    advice: 'Name another dataset in data.fillFrom. More retries help only against a source that gets its bars later.',
  },
  {
    name: 'Prefetch',
    measure: ({ prefetch }) => prefetch && share(prefetch.hits, prefetch.hits + prefetch.misses),
    unit: '%',
    words: (value, { prefetch }) =>
      `${countLabel(prefetch?.hits ?? 0)} hits, ${countLabel(prefetch?.misses ?? 0)} misses (${percentLabel(value)})`,
    warning: 95,
    failing: 50,
    lessIsWorse: true,
    meaning: 'Sessions that lay ready at their open.',
    advice: 'Make prefetch.windowMinutes longer, or play more slowly. A miss costs a wait and changes no result.',
  },
  {
    name: 'Last bar',
    measure: ({ lastBar }) => lastBar && share(lastBar.seconds, lastBar.timeout),
    unit: '%',
    words: (_, { lastBar }) =>
      `${countLabel(lastBar?.seconds ?? 0)} s ago, times out after ${countLabel(lastBar?.timeout ?? 0)} s`,
    warning: 100,
    failing: 400,
    meaning: 'Time of the session since any symbol had a bar, beside session.timeoutSeconds.',
    advice: 'The feed is silent: see the gaps, and whether streams were cancelled in the quality panel.',
  },
];

/** A check with what it came to. */
export interface Result {
  readonly level: Level;
  /** Null at rest. */
  readonly value: number | null;
  readonly words: string;
}

export function judge(check: CheckDefinition, facts: Facts): Result {
  const value = check.measure(facts);
  if (value === null) return { level: 'rest', value, words: 'nothing to measure now' };
  const isPast = (threshold: number): boolean => (check.lessIsWorse ? value < threshold : value >= threshold);
  const level = isPast(check.failing) ? 'failing' : isPast(check.warning) ? 'warning' : 'ok';
  return { level, value, words: check.words(value, facts) };
}

/** The thresholds as they are shown. */
export function thresholdWords(check: CheckDefinition): string {
  const unit = check.unit === '' ? '' : ` ${check.unit}`;
  const sign = check.lessIsWorse ? 'below' : 'from';
  const failing = check.failing === Infinity ? '' : `, fails ${sign} ${countOrTenth(check.failing)}${unit}`;
  return `warns ${sign} ${countOrTenth(check.warning)}${unit}${failing}`;
}

function countOrTenth(value: number): string {
  return Number.isInteger(value) ? countLabel(value) : value.toFixed(1);
}

const order: readonly Level[] = ['rest', 'ok', 'warning', 'failing'];

/** The worst of them, which is what the light shows. */
export function worst(levels: readonly Level[]): Level {
  return order[Math.max(0, ...levels.map((level) => order.indexOf(level)))]!;
}
