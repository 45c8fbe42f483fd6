import type { StripColours, TapeTones } from '../chart/strips.ts';
import { themes } from '../theme.svelte.ts';

const names = [
  ...([
    'accent',
    'on-accent',
    'text',
    'mute',
    'line',
    'edge',
    'panel',
    'up',
    'down',
    'fill',
    'info',
    'past',
    'raise',
  ] as const),
  ...(['trace-1', 'trace-2', 'trace-3', 'trace-4', 'trace-5', 'trace-6'] as const),
] as const;

/** The page's colours for a canvas, which knows no custom properties. Reads the theme, so it is made anew when that changes. */
export function pageColours(): Record<(typeof names)[number], string> {
  void themes.shown;
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as Record<
    (typeof names)[number],
    string
  >;
}

/** The page's colours as strips of quality use them. */
export function stripColours(): StripColours {
  const { up, fill, info, down, raise } = pageColours();
  return { streamed: up, late: info, filled: fill, repaired: info, madeUp: fill, missing: down, ahead: raise };
}

/** The page's colours as the tape of sessions uses them, from whole to bad. */
export function tapeTones(): TapeTones {
  const { up, fill, down } = pageColours();
  const between = (one: string, other: string): string => `color-mix(in oklab, ${one}, ${other})`;
  return { whole: up, good: between(up, fill), fair: fill, poor: between(fill, down), bad: down };
}
