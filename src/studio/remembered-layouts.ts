import * as v from 'valibot';
import type { ChoiceName, LayoutChoices } from '../intake/choices.ts';

const key = 'tapedeck.layouts';
/** Layouts that are remembered; the one that was imported the longest ago is forgotten first. */
const most = 100;

/** A symbol is that of one file, so it is not remembered. */
const names = [
  ...(['format', 'delimiter', 'columns', 'dateOrder', 'timeUnit', 'zone'] as const),
  ...(['stamp', 'interval', 'priceScale', 'decimalPoint'] as const),
] satisfies ChoiceName[];

/** By layout, the latest last. */
const kept = v.array(
  v.object({ layout: v.string(), choices: v.partial(v.object(v.entriesFromList(names, v.string()))) }),
);

type ByLayout = Readonly<Record<string, LayoutChoices>>;

/** The choices of earlier imports by layout; none where the browser keeps nothing. */
export function rememberedChoices(storage: () => Storage): ByLayout {
  return Object.fromEntries(read(storage).map(({ layout, choices }) => [layout, choices]));
}

/** Remembers what was chosen for those layouts, in place of what was before. */
export function rememberChoices(storage: () => Storage, chosen: ByLayout): void {
  const news = Object.entries(chosen).map(([layout, choices]) => ({
    layout,
    choices: Object.fromEntries(names.flatMap((name) => (choices[name] === undefined ? [] : [[name, choices[name]]]))),
  }));
  const others = read(storage).filter(({ layout }) => !(layout in chosen));
  const all = [...others, ...news.filter(({ choices }) => Object.keys(choices).length > 0)];
  try {
    storage().setItem(key, JSON.stringify(all.slice(-most)));
  } catch {
    // A browser that keeps nothing forgets them.
  }
}

function read(storage: () => Storage): v.InferOutput<typeof kept> {
  try {
    const parsed = v.safeParse(kept, JSON.parse(storage().getItem(key) ?? '[]'));
    return parsed.success ? parsed.output : [];
  } catch {
    return [];
  }
}
