import * as v from 'valibot';
import { sha256Text } from '../bars/sha256-text.ts';
import { intervalMs } from '../bars/interval.ts';
import { dayNumber } from '../time/day.ts';
import { knowsZone } from '../time/transitions.ts';

/** What a form has to offer for a value. */
export type KindName =
  | 'whole'
  | 'number'
  | 'switch'
  | 'choice'
  | 'text'
  | 'day'
  | 'time'
  | 'moment'
  | 'interval'
  | 'list'
  | 'object'
  | 'either';

/** A kind of value: its check and the words for it, made together so that they cannot differ. */
export interface Kind<T> {
  readonly name: KindName;
  /** Ends the sentence "it must be …". */
  readonly must: string;
  readonly schema: v.GenericSchema<unknown, T>;
  /** Of numbers: the least and the greatest value. */
  readonly min?: number;
  readonly max?: number;
  /** The least value itself is refused: what is greater is taken. */
  readonly isAbove?: boolean;
  /** Of a choice: the values, the best known first. */
  readonly choices?: readonly T[];
  /** Null is a value too. */
  readonly nullable?: boolean;
  /** Of a list: the kind of its entries. */
  readonly entry?: Kind<unknown>;
  /** Of an object whose keys are ours: the kind of each. */
  readonly fields?: Readonly<Record<string, Kind<unknown>>>;
}

/** JSON whose keys belong to somebody else, such as the parameters of a strategy. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export const textLimit = 200;

/** A bound that is left out is none. */
export function whole(min?: number, max?: number): Kind<number> {
  const must = `a whole number${boundWords(min, max)}`;
  const [least, most] = bounds(min, max);
  const schema = v.pipe(v.number(must), v.integer(must), v.minValue(least, must), v.maxValue(most, must));
  return { name: 'whole', must, ...(min !== undefined && { min }), ...(max !== undefined && { max }), schema };
}

/** A bound that is left out is none. */
export function number(min?: number, max?: number): Kind<number> {
  const must = `a number${boundWords(min, max)}`;
  const [least, most] = bounds(min, max);
  const schema = v.pipe(v.number(must), v.minValue(least, must), v.maxValue(most, must));
  return { name: 'number', must, ...(min !== undefined && { min }), ...(max !== undefined && { max }), schema };
}

/** Infinities are no numbers here. */
function bounds(min = -Number.MAX_VALUE, max = Number.MAX_VALUE): readonly [number, number] {
  return [min, max];
}

function boundWords(min: number | undefined, max: number | undefined): string {
  if (min === undefined) return max === undefined ? '' : ` up to ${max}`;
  return max === undefined ? ` from ${min} on` : ` from ${min} to ${max}`;
}

/** A number above 0. */
export function positive(max: number): Kind<number> {
  const must = `a number above 0 and at most ${max}`;
  return {
    name: 'number',
    must,
    min: 0,
    isAbove: true,
    max,
    schema: v.pipe(v.number(must), v.gtValue(0, must), v.maxValue(max, must)),
  };
}

export const flag: Kind<boolean> = { name: 'switch', must: 'true or false', schema: v.boolean('true or false') };

export function choice<const T extends string | number | boolean>(...choices: readonly T[]): Kind<T> {
  const texts = choices.map((value) => JSON.stringify(value));
  const must = [texts.slice(0, -1).join(', '), texts.at(-1)].filter(Boolean).join(' or ');
  return { name: 'choice', must, choices, schema: v.custom<T>((value) => choices.includes(value as T), must) };
}

function textThat(name: KindName, must: string, holds: (text: string) => boolean): Kind<string> {
  return { name, must, schema: v.pipe(v.string(must), v.check(holds, must)) };
}

/** Half of a character pair, or a character that no name has: neither survives a link. */
const unprintable = /[\p{Surrogate}\p{Cc}]/u;

/** A name, as people write it. */
export const text = textThat('text', `a text of 1 to ${textLimit} printable characters`, isName);

function isName(value: string): boolean {
  return value.length > 0 && value.length <= textLimit && !unprintable.test(value);
}

/** A dataset, by its name or by the hash of its bars. */
export const datasetName = textThat(
  'text',
  'the name of a dataset, or sha256: and 64 hex digits',
  (value) => isName(value) && (!value.startsWith('sha256:') || sha256Text.test(value)),
);

/** The hash of a text. */
export const hashText = textThat('text', 'sha256: and 64 hex digits', (value) => sha256Text.test(value));

/** A session date, `YYYY-MM-DD`. */
export const dayText = textThat(
  'day',
  'a date that exists, written YYYY-MM-DD',
  (value) => !Number.isNaN(dayNumber(value)),
);

/** A wall time, `HH:MM`. */
export const timeText = textThat('time', 'a time from 00:00 to 23:59, written HH:MM', (value) =>
  /^([01][0-9]|2[0-3]):[0-5][0-9]$/.test(value),
);

/** The wall time of an end, `HH:MM` or `24:00`. */
export const endText = textThat('time', 'a time from 00:00 to 24:00, written HH:MM', (value) =>
  /^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/.test(value),
);

/** The name of a time zone. */
export const zoneText = textThat('text', 'the name of a time zone such as America/New_York', knowsZone);

/** An instant, ISO 8601 in UTC. */
export const momentText = textThat(
  'moment',
  'a time in UTC, written like 2013-10-07T13:30:00Z',
  (value) => /^[0-9-]{10}T[0-9:]{8}Z$/.test(value) && !Number.isNaN(Date.parse(value)),
);

export const intervalText = textThat(
  'interval',
  'an interval such as 30s, 5m, 1h or 1d',
  (value) => intervalMs(value) !== undefined,
);

export function orNull<T>(kind: Kind<T>): Kind<T | null> {
  const { choices, ...rest } = kind;
  const must = `null or ${kind.must}`;
  const wider = {
    ...rest,
    must,
    nullable: true,
    schema: v.nullable(kind.schema) as v.GenericSchema<unknown, T | null>,
  };
  return choices ? { ...wider, choices: [null, ...choices] } : wider;
}

/** One of two kinds; what is wrong inside an object is told at its place where the second is an object of our keys. */
export function either<A, B>(first: Kind<A>, second: Kind<B>): Kind<A | B> {
  const must = `${first.must}, or ${second.must}`;
  const both = v.union([first.schema, second.schema], must);
  const isMeant = (value: unknown): boolean =>
    second.fields !== undefined && typeof value === 'object' && value !== null && !Array.isArray(value);
  const schema: v.GenericSchema<unknown, A | B> = v.lazy((value) => (isMeant(value) ? second.schema : both));
  return { name: 'either', must, schema };
}

/** A list without repeats; entries are the same when `sameAs` gives the same for them. */
export function list<T>(
  kind: Kind<T>,
  plural: string,
  [min, max]: readonly [number, number],
  sameAs: (entry: T) => unknown = (entry) => entry,
): Kind<readonly T[]> {
  const must = `a list of ${min === 0 ? 'at most' : `${min} to`} ${max} ${plural}`;
  const schema = v.pipe(
    v.array(kind.schema, must),
    v.minLength(min, must),
    v.maxLength(max, must),
    v.rawCheck<T[]>(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const places = new Map<unknown, number>();
      for (const [key, input] of dataset.value.entries()) {
        const before = places.get(sameAs(input));
        places.set(sameAs(input), key);
        if (before === undefined) continue;
        const path = [{ type: 'array', origin: 'value', input: dataset.value, key, value: input }] as const;
        return addIssue({ input, path: [...path], message: `in the list once, and is there as [${before}] already` });
      }
    }),
    v.readonly(),
  );
  return {
    name: 'list',
    must: `${must}, each once`,
    entry: kind,
    schema: schema as v.GenericSchema<unknown, readonly T[]>,
  };
}

/**
 * An object with these keys; those of `optional` may be left out and then have the value given there. The message of an
 * unknown key (an issue of type `never`) is the list of the known ones.
 */
export function record<F extends Record<string, Kind<unknown>>, O extends Partial<Values<F>> = Record<never, never>>(
  fields: F,
  optional: O = {} as O,
): Kind<Values<F>> {
  const names = Object.keys(fields);
  const must = `an object { ${names.join(', ')} }`;
  const entries: v.ObjectEntries = {};
  for (const [key, kind] of Object.entries(fields)) {
    entries[key] = key in optional ? v.optional(kind.schema, optional[key as keyof O] as never) : kind.schema;
  }
  const object = v.objectWithRest(entries, v.never(names.join(' ')), (issue) => {
    const missing = issue.path?.[0]?.key;
    return typeof missing === 'string' ? fields[missing]!.must : must;
  });
  // A list is an object too, and an empty one would be all that may be left out.
  const schema = v.pipe(
    v.unknown(),
    v.check((value) => !Array.isArray(value), must),
    object,
  );
  return {
    name: 'object',
    must,
    fields,
    schema: schema as v.GenericSchema<unknown, unknown> as v.GenericSchema<unknown, Values<F>>,
  };
}

/** An object whose keys are dates, such as `{ "2024-12-24": "13:00" }`. */
export function byDate<T>(kind: Kind<T>, max: number): Kind<{ readonly [date: string]: T }> {
  const must = `an object of at most ${max} dates`;
  const schema = v.pipe(
    v.record(dayText.schema as v.GenericSchema<string, string>, kind.schema, must),
    v.check((dates) => Object.keys(dates).length <= max, must),
  );
  return { name: 'object', must, schema: schema as v.GenericSchema<unknown, { readonly [date: string]: T }> };
}

type Values<F> = { readonly [K in keyof F]: F[K] extends Kind<infer T> ? T : never };

/** An object whose keys are not ours; `readConfig` has bounded and copied it before. */
export const jsonObject: Kind<JsonObject> = {
  name: 'object',
  must: 'an object',
  schema: v.custom<JsonObject>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'an object',
  ),
};
