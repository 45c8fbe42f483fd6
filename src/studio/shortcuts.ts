import type { Studio } from './studio.svelte.ts';

/** Multiples of real time that the transport offers; Infinity is "max". */
export const speeds = [1, 10, 60, 600, Infinity] as const;

/** A key and what it does. */
export interface Shortcut {
  readonly keys: readonly string[];
  /** How the map writes the keys. */
  readonly shown: string;
  readonly words: string;
  readonly act: (studio: Studio) => void;
}

export const shortcuts: readonly Shortcut[] = [
  {
    keys: [' '],
    shown: 'Space',
    words: 'play or pause',
    act: (studio) => (studio.deck.phase === 'playing' ? studio.deck.pause() : studio.play()),
  },
  { keys: ['.'], shown: '.', words: 'step a bar', act: ({ deck }) => deck.stepBar() },
  { keys: ['>'], shown: 'Shift + .', words: 'step a session', act: ({ deck }) => deck.stepSession() },
  { keys: ['s'], shown: 'S', words: 'stop', act: ({ deck }) => deck.hasRun && deck.stop() },
  ...speeds.map((speed, i) => ({
    keys: [String(i + 1)],
    shown: String(i + 1),
    words: speed === Infinity ? 'as fast as possible' : `speed ${speed}×`,
    act: ({ deck }: Studio) => deck.setSpeed(speed),
  })),
  { keys: ['?'], shown: '?', words: 'this map', act: (studio) => studio.open('shortcuts') },
];

/** Keys of the chart while it has the focus; the chart handles them. */
export const chartKeys: readonly (readonly [string, string])[] = [
  ['← →', 'the bar before, the bar after'],
  ['Shift + ← →', 'move the view'],
  ['+ −', 'zoom in, zoom out'],
  ['Home', 'the first bar'],
  ['End, Esc', 'follow the tape again'],
];

/** Does what the key means; not while something is being written, and not for keys that the focused control needs itself. */
export function onShortcut(event: KeyboardEvent, studio: Studio): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || studio.modal !== null) return;
  const target = event.target instanceof Element ? event.target : undefined;
  if (target?.closest('input, select, textarea, [contenteditable], [role="dialog"], [role="alertdialog"]')) return;
  if (event.key === ' ' && target?.closest('button, a, summary, label')) return;
  const shortcut = shortcuts.find(({ keys }) => keys.includes(event.key));
  if (!shortcut || (event.repeat && event.key !== '.')) return;
  event.preventDefault();
  shortcut.act(studio);
}
