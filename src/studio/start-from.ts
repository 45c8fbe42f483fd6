import type { Settings } from './kept-set-ups.svelte.ts';

/** What a preset leaves as it is: which bars are played. */
const bars = ['dataset', 'fillFrom', 'symbols', 'from', 'to'];

/** The settings with the preset's: which bars are played and the strategy stay, and all else goes to its default. */
export function fromPreset(now: Settings, preset: Settings): Settings {
  const { strategy } = now;
  return { ...(strategy && { strategy }), ...preset, data: { ...among(now['data'], bars), ...preset['data'] } };
}

/** The settings in place of all that are; the dataset stays where they name none. */
export function inPlace(now: Settings, settings: Settings): Settings {
  return { ...settings, data: { ...among(now['data'], ['dataset']), ...settings['data'] } };
}

function among(group: Settings[string] | undefined, keys: readonly string[]): Settings[string] {
  return Object.fromEntries(Object.entries(group ?? {}).filter(([key]) => keys.includes(key)));
}
