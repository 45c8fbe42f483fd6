import type { Preset } from '../config/presets.ts';
import type { Settings } from './kept-set-ups.svelte.ts';

/** What a preset leaves as it is: which bars are played. */
const bars = ['dataset', 'fillFrom', 'symbols', 'from', 'to'];

/** The settings with the preset's: which bars are played and the strategy stay, and all else goes to its default. `played` is the dataset's name. */
export function fromPreset(now: Settings, preset: Preset, played: string | undefined): Settings {
  const { strategy } = now;
  const data = { ...among(now['data'], bars), ...preset.settings['data'] };
  return {
    ...(strategy && { strategy }),
    ...preset.settings,
    data: fillsFromPlayed(now, preset, played) ? { ...data, fillFrom: [played] } : data,
  };
}

/** Whether the preset has gaps filled from the dataset that is played, as nothing else fills them. */
export function fillsFromPlayed(now: Settings, { mends }: Preset, played: string | undefined): played is string {
  const sources = now['data']?.['fillFrom'];
  return mends === true && played !== undefined && !(Array.isArray(sources) && sources.length > 0);
}

/** The settings in place of all that are; the dataset stays where they name none. */
export function inPlace(now: Settings, settings: Settings): Settings {
  return { ...settings, data: { ...among(now['data'], ['dataset']), ...settings['data'] } };
}

function among(group: Settings[string] | undefined, keys: readonly string[]): Settings[string] {
  return Object.fromEntries(Object.entries(group ?? {}).filter(([key]) => keys.includes(key)));
}
