import type { Studio } from './studio.svelte.ts';

/** Multiples of real time that the transport offers; Infinity is "max". */
export const speeds = [1, 10, 60, 600, Infinity] as const;

/** What of a key press tells which key it is. */
export type Press = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>;

/** A key and what it does. */
export interface Shortcut {
  readonly meant: (press: Press) => boolean;
  /** How the map writes the keys. */
  readonly shown: string;
  readonly words: string;
  /** Goes on while the key is held. */
  readonly repeats?: boolean;
  readonly act: (studio: Studio) => void;
}

/** The character, whatever the lock of capitals says. */
const types =
  (key: string) =>
  (press: Press): boolean =>
    (press.shiftKey ? press.key : press.key.toLowerCase()) === key;

/** Shift with the key of the full stop types ">" on some keyboards, ":" on others. */
const stepsSession = ({ key, code, shiftKey }: Press): boolean => key === '>' || (code === 'Period' && shiftKey);

const stepsBackSession = ({ key, code, shiftKey }: Press): boolean =>
  key === '<' || (code === 'Comma' && shiftKey && key !== '.');

export const shortcuts: readonly Shortcut[] = [
  {
    meant: types(' '),
    shown: 'Space',
    words: 'play or pause',
    act: (studio) => (studio.deck.phase === 'playing' ? studio.deck.pause() : studio.play()),
  },
  {
    meant: (press) => types('.')(press) && !stepsSession(press),
    shown: '.',
    words: 'step a bar',
    repeats: true,
    act: ({ deck }) => deck.stepBar(),
  },
  { meant: stepsSession, shown: 'Shift + .', words: 'step a session', act: ({ deck }) => deck.stepSession() },
  {
    meant: (press) => types(',')(press) && !stepsBackSession(press),
    shown: ',',
    words: 'back a bar',
    act: ({ deck }) => deck.backBar(),
  },
  { meant: stepsBackSession, shown: 'Shift + ,', words: 'back a session', act: ({ deck }) => deck.backSession() },
  { meant: types('g'), shown: 'G', words: 'go to a time', act: (studio) => studio.deck.plan && studio.open('go-to') },
  { meant: types('s'), shown: 'S', words: 'stop', act: ({ deck }) => deck.hasRun && deck.stop() },
  ...speeds.map((speed, i) => ({
    meant: types(String(i + 1)),
    shown: String(i + 1),
    words: speed === Infinity ? 'as fast as possible' : `speed ${speed}×`,
    act: (studio: Studio) => studio.setSpeed(speed),
  })),
  { meant: types('?'), shown: '?', words: 'this map', act: (studio) => studio.open('shortcuts') },
];

/** Does what the key means; not while something is being written, and not for keys that the focused control needs itself. */
export function onShortcut(event: KeyboardEvent, studio: Studio): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || studio.modal !== null) return;
  const target = event.target instanceof Element ? event.target : undefined;
  if (target?.closest('input, select, textarea, [contenteditable], [role="dialog"], [role="alertdialog"]')) return;
  if (event.key === ' ' && target?.closest('button, a, summary, label')) return;
  const shortcut = shortcuts.find(({ meant }) => meant(event));
  if (!shortcut || (event.repeat && !shortcut.repeats)) return;
  event.preventDefault();
  shortcut.act(studio);
}
