import * as v from 'valibot';
import { sha256Text } from '../bars/sha256-text.ts';
import { intervalMs } from '../bars/interval.ts';
import { adjustmentFault, adjustmentKinds, type Adjustments } from '../bars/adjustment.ts';
import { instrumentFault } from '../bars/instrument.ts';
import { adjustmentsOf, toldOf } from './adjustments.ts';
import type { Manifest } from './manifest.ts';

const text = v.pipe(v.string(), v.maxLength(10_000));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const time = v.pipe(v.number(), v.minValue(-8.64e15), v.maxValue(8.64e15));
const sha256 = v.pipe(v.string(), v.regex(sha256Text));

const decision = v.looseObject({ name: text, value: text, reason: text });
const audit = v.looseObject({
  file: text,
  ...{ bytes: count, records: count, accepted: count, duplicates: count, conflicts: count },
  ...{ rejected: count, headers: count, blanks: count, outOfOrder: count },
  reasons: v.record(text, count),
  ignoredColumns: v.array(text),
  decisions: v.array(decision),
});

const manifest = v.looseObject({
  version: v.literal(1),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  sha256,
  kind: v.optional(v.picklist(['bars', 'quotes', 'ticks'])),
  interval: text,
  symbols: v.pipe(
    v.array(
      v.object({
        name: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
        ...{ bars: count, from: time, to: time },
        chunks: v.pipe(v.array(v.object({ from: time, to: time, bars: count, bytes: count })), v.minLength(1)),
      }),
    ),
    v.minLength(1),
  ),
  ...{ bars: count, from: time, to: time, bytes: count, importedAt: time },
  audits: v.array(audit),
  leftOut: v.optional(count),
  skipped: v.optional(v.array(v.looseObject({ file: text, reason: text }))),
  pages: v.optional(v.record(v.pipe(v.string(), v.regex(/^[a-z][a-z -]{0,30}$/)), count)),
  making: v.optional(
    v.object({
      how: v.picklist(['append', 'union', 'cut', 'repair']),
      sources: v.array(v.object({ name: text, sha256, bars: count })),
      ...{ duplicates: count, conflicts: count },
      repair: v.optional(v.object({ calendar: text, expected: count, missing: count })),
    }),
  ),
  instruments: v.optional(
    v.record(
      v.string(),
      v.object({
        tickSize: v.nullable(v.number()),
        multiplier: v.nullable(v.number()),
        currency: v.nullable(v.string()),
      }),
    ),
  ),
  adjustments: v.optional(
    v.object({
      sha256,
      files: v.optional(v.record(v.string(), text)),
      bySymbol: v.record(
        v.string(),
        v.array(v.object({ date: v.string(), kind: v.picklist(adjustmentKinds), value: v.number() })),
      ),
    }),
  ),
});

/** Reads a manifest that came from outside. Throws an error that says what about it is not that of one. */
export function readManifest(bytes: Uint8Array): Manifest {
  const read = v.safeParse(manifest, JSON.parse(new TextDecoder().decode(bytes)));
  if (!read.success) {
    const [issue] = read.issues;
    throw new Error(`its manifest is not one: ${v.getDotPath(issue) ?? 'it'}: ${issue.message}`);
  }
  const { kind = 'bars', interval, instruments = {}, adjustments } = read.output;
  if (kind === 'bars' ? intervalMs(interval) === undefined : interval !== kind)
    throw new Error(`its manifest has the interval "${interval}", which ${kind} cannot have`);
  for (const [symbol, each] of Object.entries(instruments)) {
    const fault = instrumentFault(each);
    if (fault !== '') throw new Error(`its manifest tells of ${symbol} what cannot be: ${fault}`);
  }
  for (const [symbol, told] of Object.entries(adjustments?.bySymbol ?? {})) {
    const fault = told.map(adjustmentFault).find((each) => each !== '');
    if (fault !== undefined) throw new Error(`its manifest tells of ${symbol} what cannot be: ${fault}`);
  }
  if (adjustments && adjustmentsOf(toldOf(adjustments as Adjustments)).sha256 !== adjustments.sha256)
    throw new Error('its splits and dividends have another hash than was written');
  return withoutPlace(read.output as unknown as Manifest);
}

/** Whose place it took counts only where that was. */
function withoutPlace(manifest: Manifest): Manifest {
  return Object.fromEntries(
    Object.entries(manifest).filter(([key]) => key !== 'replaces' && key !== 'replacedBy'),
  ) as unknown as Manifest;
}
