declare const unit: unique symbol;

/** A point in time: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly [unit]: 'instant' };

/** A calendar day without a zone, `YYYY-MM-DD`. */
export type DayText = string;

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Marks a number of milliseconds since the epoch as an instant. */
export function instant(milliseconds: number): Instant {
  return milliseconds as Instant;
}

/** ISO 8601 in UTC; whole seconds are written without a fraction: `2013-10-07T13:00:00Z`. */
export function isoText(at: Instant): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
