import { day, hour, minute, second } from '../time/instant.ts';

const unitOf: Record<string, number> = { s: second, m: minute, h: hour, d: day };

/**
 * The length in milliseconds of an interval such as `30s`, `5m`, `1h` or `1d`; undefined when the text is not one.
 */
export function intervalMs(text: string): number | undefined {
  const match = /^([1-9][0-9]{0,4})([smhd])$/.exec(text);
  if (!match) return undefined;
  return Number(match[1]) * unitOf[match[2] as string]!;
}

/** The shortest text of an interval: 300,000 ms is `5m`, 5,400,000 ms is `90m`. */
export function intervalText(ms: number): string {
  for (const unit of ['d', 'h', 'm'] as const) if (ms % unitOf[unit]! === 0) return `${ms / unitOf[unit]!}${unit}`;
  return `${ms / second}s`;
}
