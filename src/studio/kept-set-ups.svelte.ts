import * as v from 'valibot';

/** Settings that were given, in the shape of a configuration. */
export type Settings = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface KeptSetUp {
  readonly name: string;
  readonly settings: Settings;
}

const key = 'tapedeck.set-ups';
const kept = v.array(v.object({ name: v.string(), settings: v.record(v.string(), v.record(v.string(), v.unknown())) }));

/** Set-ups that the user named, kept on this machine, by name. Settings are checked when they are taken up, not here. */
export class KeptSetUps {
  #all = $state.raw(read());

  get all(): readonly KeptSetUp[] {
    return this.#all;
  }

  /** Keeps a set-up in place of the one of that name. Returns false where the browser keeps nothing: it then lasts as long as the page. */
  keep(name: string, settings: Settings): boolean {
    const others = this.#all.filter((each) => each.name !== name);
    return this.#write([...others, { name, settings }].sort((a, b) => (a.name < b.name ? -1 : 1)));
  }

  remove(name: string): boolean {
    return this.#write(this.#all.filter((each) => each.name !== name));
  }

  #write(all: readonly KeptSetUp[]): boolean {
    this.#all = all;
    try {
      localStorage.setItem(key, JSON.stringify(all));
      return true;
    } catch {
      return false;
    }
  }
}

function read(): readonly KeptSetUp[] {
  try {
    const read = v.safeParse(kept, JSON.parse(localStorage.getItem(key) ?? '[]'));
    return read.success ? read.output : [];
  } catch {
    return [];
  }
}
