import type { DrawnOverlay } from './pane.svelte.ts';

/** What an overlay says at a bar: its value or values, or why there is none; and what of it is missing. */
export function overlayWords(
  { overlay, length, lines, missing }: DrawnOverlay,
  place: number,
  decimals: number,
): string {
  const values = lines.map(({ name, values }) => ({ name, value: values[place] ?? NaN }));
  if (values.every(({ value }) => Number.isNaN(value))) return overlay.needs(length);
  const words = values.map(({ name, value }) =>
    `${name} ${Number.isNaN(value) ? '–' : value.toFixed(decimals)}`.trim(),
  );
  const absent = missing[place] ?? 0;
  return absent > 0 ? `${words.join(' ')} (${absent} missing)` : words.join(' ');
}
