import * as v from 'valibot';
import { KeptList, type KeptIn } from './kept-list.svelte.ts';

/** Settings that were given, in the shape of a configuration. */
export type Settings = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface KeptSetUp {
  readonly name: string;
  readonly settings: Settings;
}

const kept = v.object({ name: v.string(), settings: v.record(v.string(), v.record(v.string(), v.unknown())) });

/** Set-ups that the user named, kept on this machine, by name. Settings are checked when they are taken up, not here. */
export function keptSetUps(keptIn: KeptIn): KeptList<KeptSetUp> {
  return new KeptList('tapedeck.set-ups', kept, keptIn);
}
