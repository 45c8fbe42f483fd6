/** What is known of a leaf of a Parquet schema. */
export interface LeafElement {
  readonly type?: string | undefined;
  readonly converted_type?: string | undefined;
  /** Places of a decimal. */
  readonly scale?: number | undefined;
  readonly logical_type?:
    { readonly type: string; readonly unit?: unknown; readonly isAdjustedToUTC?: unknown } | undefined;
}

/** Writes the values of a column as fields of a text, as people would write them; nothing is empty. */
export type CellWriter = (value: unknown) => string;

const placesOfUnit: Readonly<Record<string, number>> = { MILLIS: 3, MICROS: 6, NANOS: 9 };

/** The writer of a column's values; timestamps and times of day are raw numbers in their unit. */
export function cellWriter(element: LeafElement): CellWriter {
  const { type, converted_type: converted, logical_type: logical, scale = 0 } = element;
  if (logical?.type === 'TIMESTAMP') {
    const isInstant = logical.isAdjustedToUTC !== false;
    return timestampWriter(placesOfUnit[String(logical.unit)] ?? 3, isInstant);
  }
  if (converted === 'TIMESTAMP_MILLIS') return timestampWriter(3, true);
  if (converted === 'TIMESTAMP_MICROS') return timestampWriter(6, true);
  // Spark's, which are instants in nanoseconds.
  if (type === 'INT96') return timestampWriter(9, true);
  if (logical?.type === 'TIME') return clockWriter(placesOfUnit[String(logical.unit)] ?? 3);
  if (converted === 'TIME_MILLIS') return clockWriter(3);
  if (converted === 'TIME_MICROS') return clockWriter(6);
  // The reader multiplies, which is off in the last bits.
  if (converted === 'DECIMAL')
    return (value) => (typeof value === 'number' ? value.toFixed(scale) : textOfValue(value));
  if (type === 'FLOAT') return (value) => (typeof value === 'number' ? shortText(value) : textOfValue(value));
  return textOfValue;
}

/** A number of 32 bits with as few digits as tell it: 1.1 is stored as 1.10000002384. */
function shortText(value: number): string {
  for (let digits = 6; digits < 10; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(value);
}

function textOfValue(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return /[\t\n\r"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return '';
}

function timestampWriter(places: number, isInstant: boolean): CellWriter {
  const perSecond = BigInt(Number(`1e${places}`));
  return (value) => {
    if (value === null || value === undefined) return '';
    const raw = BigInt(value as number | bigint);
    const seconds = raw / perSecond - (raw % perSecond < 0n ? 1n : 0n);
    const date = new Date(Number(seconds) * 1_000);
    if (Number.isNaN(date.getTime())) return String(raw);
    return `${date.toISOString().slice(0, -5)}${fraction(raw - seconds * perSecond, places)}${isInstant ? 'Z' : ''}`;
  };
}

function clockWriter(places: number): CellWriter {
  const perSecond = BigInt(Number(`1e${places}`));
  return (value) => {
    if (value === null || value === undefined) return '';
    const raw = BigInt(value as number | bigint);
    const clock = new Date(Number(raw / perSecond) * 1_000).toISOString().slice(11, 19);
    return `${clock}${fraction(raw % perSecond, places)}`;
  };
}

function fraction(rest: bigint, places: number): string {
  return rest === 0n ? '' : `.${String(rest).padStart(places, '0')}`;
}
