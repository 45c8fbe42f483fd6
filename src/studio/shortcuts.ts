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

/** The shortcuts that controls of the page have, by what they do. */
export const keys = {
  play: {
    meant: types(' '),
    shown: 'Space',
    words: 'play or pause',
    act: (studio) => studio.pressPlay(),
  },
  stop: { meant: types('s'), shown: 'S', words: 'stop', act: (studio) => studio.stop() },
  stepBar: {
    meant: (press) => types('.')(press) && !stepsSession(press),
    shown: '.',
    words: 'step a bar',
    repeats: true,
    act: ({ deck }) => deck.stepBar(),
  },
  stepSession: {
    meant: stepsSession,
    shown: 'Shift + .',
    words: 'step a session',
    act: ({ deck }) => deck.stepSession(),
  },
  backBar: {
    meant: (press) => types(',')(press) && !stepsBackSession(press),
    shown: ',',
    words: 'back a bar',
    act: ({ deck }) => deck.backBar(),
  },
  backSession: {
    meant: stepsBackSession,
    shown: 'Shift + ,',
    words: 'back a session',
    act: ({ deck }) => deck.backSession(),
  },
  goTo: {
    meant: types('g'),
    shown: 'G',
    words: 'go to a time',
    act: (studio) => studio.deck.plan && studio.open('go-to'),
  },
  compare: { meant: types('c'), shown: 'C', words: 'compare runs', act: (studio) => studio.compare() },
  library: { meant: types('l'), shown: 'L', words: 'the library', act: (studio) => studio.show('library') },
  setUp: { meant: types('u'), shown: 'U', words: 'the set-up', act: (studio) => studio.show('set-up') },
  docs: { meant: types('h'), shown: 'H', words: 'the documentation', act: (studio) => studio.open('docs') },
  map: { meant: types('?'), shown: '?', words: 'this map', act: (studio) => studio.open('shortcuts') },
} as const satisfies Record<string, Shortcut>;

const shifted =
  (letter: string) =>
  ({ key, shiftKey }: Press): boolean =>
    shiftKey && key.toUpperCase() === letter;

const tradeKey = (letter: string, words: string, op: 'buy' | 'sell' | 'close' | 'flatten'): Shortcut => ({
  meant: shifted(letter),
  shown: `Shift + ${letter}`,
  words,
  act: (studio) => void import('./trading/ticket.svelte.ts').then(({ giveAndTell }) => giveAndTell(studio, op)),
});

/** Orders by hand, as the ticket says; they do nothing in a run that is not traded by hand. */
export const tradeKeys = {
  buy: tradeKey('B', 'buy', 'buy'),
  sell: tradeKey('N', 'sell', 'sell'),
  close: tradeKey('X', 'close the position', 'close'),
  flatten: tradeKey('F', 'flatten all', 'flatten'),
};

const speedKeys = speeds.map((speed, i): Shortcut => ({
  meant: types(String(i + 1)),
  shown: String(i + 1),
  words: speed === Infinity ? 'as fast as possible' : `${speed}× real time`,
  act: (studio) => studio.setSpeed(speed),
}));

/** All that a key does anywhere on the page, as the map of keys shows it. */
export const shortcutGroups: readonly { readonly title: string; readonly shortcuts: readonly Shortcut[] }[] = [
  {
    title: 'The tape',
    shortcuts: [keys.play, keys.stop, keys.stepBar, keys.stepSession, keys.backBar, keys.backSession, keys.goTo],
  },
  { title: 'Speed', shortcuts: speedKeys },
  { title: 'By hand, as the ticket says', shortcuts: Object.values(tradeKeys) },
  { title: 'The page', shortcuts: [keys.library, keys.setUp, keys.compare, keys.docs, keys.map] },
];

export const shortcuts = shortcutGroups.flatMap((group) => group.shortcuts);

/** Does what the key means; not while something is being written, and not for keys that the focused control needs itself. */
export function onShortcut(event: KeyboardEvent, studio: Studio): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || studio.modal !== null) return;
  const target = event.target instanceof Element ? event.target : undefined;
  if (
    target?.closest('input, select, textarea, [contenteditable], [role="dialog"], [role="alertdialog"], [role="menu"]')
  )
    return;
  if (event.key === ' ' && target?.closest('button, a, summary, label')) return;
  const shortcut = shortcuts.find(({ meant }) => meant(event));
  if (!shortcut || (event.repeat && !shortcut.repeats)) return;
  event.preventDefault();
  shortcut.act(studio);
}
