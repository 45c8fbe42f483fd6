import * as v from 'valibot';
import { textOrder } from '../bars/text-order.ts';

/** What a list is kept in: the window. Reading `localStorage` throws where the browser keeps nothing. */
export interface KeptIn {
  readonly localStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  addEventListener(type: 'storage', heard: (event: { readonly key: string | null }) => void): void;
}

/** What is kept under a key: entries that are understood, and those that are not, which stay as they are. */
interface Stored<T> {
  readonly good: readonly T[];
  readonly bad: readonly unknown[];
  /** The text, where it is no list at all. */
  readonly broken?: string;
}

/** What is kept and cannot be read, as it is: a newer page wrote it, or another hand. */
export interface Unread {
  readonly entries: readonly unknown[];
  /** Of what was no list at all: it is put aside when something is kept in its place. */
  readonly texts: readonly string[];
}

/** A list of named entries under a key of this browser, by name. Every change is made to what is kept then, and those of other tabs are followed. */
export class KeptList<T extends { readonly name: string }> {
  readonly #key: string;
  readonly #entry: v.GenericSchema<unknown, T>;
  readonly #keptIn: KeptIn;
  /** Changes that the browser did not keep, by name; undefined: removed. They last as long as the page. */
  readonly #unkept = new Map<string, T | undefined>();
  #all = $state.raw<readonly T[]>([]);
  #unread = $state.raw<Unread>({ entries: [], texts: [] });

  constructor(key: string, entry: v.GenericSchema<unknown, T>, keptIn: KeptIn) {
    this.#key = key;
    this.#entry = entry;
    this.#keptIn = keptIn;
    this.#look();
    keptIn.addEventListener('storage', (event) => {
      if (event.key === null || event.key.startsWith(key)) this.#look();
    });
  }

  get all(): readonly T[] {
    return this.#all;
  }

  get unread(): Unread {
    return this.#unread;
  }

  /** Whether there is an entry of that name, in any tab. */
  has(name: string): boolean {
    return this.#now().some((each) => each.name === name);
  }

  /** Keeps an entry in place of the one of that name. Returns false where the browser keeps nothing: it then lasts as long as the page. */
  put(entry: T): boolean {
    return this.#change(entry.name, entry);
  }

  remove(name: string): boolean {
    return this.#change(name, undefined);
  }

  /** Lets go of what cannot be read. Returns false where the browser keeps nothing. */
  forgetUnread(): boolean {
    try {
      const { localStorage } = this.#keptIn;
      localStorage.setItem(this.#key, JSON.stringify(this.#now()));
      for (let n = this.#aside().length; n > 0; n--) localStorage.removeItem(this.#asideKey(n));
    } catch {
      return false;
    } finally {
      this.#look();
    }
    return true;
  }

  #change(name: string, entry: T | undefined): boolean {
    this.#unkept.set(name, entry);
    const { good, bad, broken } = this.#read();
    this.#all = this.#changed(good);
    try {
      const { localStorage } = this.#keptIn;
      const aside = this.#aside();
      if (broken !== undefined && !aside.includes(broken))
        localStorage.setItem(this.#asideKey(aside.length + 1), broken);
      localStorage.setItem(this.#key, JSON.stringify([...this.#all, ...bad]));
    } catch {
      return false;
    }
    this.#unkept.clear();
    this.#look();
    return true;
  }

  #look(): void {
    const { good, bad, broken } = this.#read();
    this.#all = this.#changed(good);
    const aside = this.#aside();
    const texts = broken === undefined || aside.includes(broken) ? aside : [...aside, broken];
    this.#unread = { entries: bad, texts };
  }

  #asideKey(n: number): string {
    return n === 1 ? `${this.#key}.unread` : `${this.#key}.unread.${n}`;
  }

  /** Texts that were put aside. */
  #aside(): readonly string[] {
    const texts: string[] = [];
    try {
      for (let n = 1; ; n++) {
        const text = this.#keptIn.localStorage.getItem(this.#asideKey(n));
        if (text === null) return texts;
        texts.push(text);
      }
    } catch {
      return texts;
    }
  }

  #now(): readonly T[] {
    return this.#changed(this.#read().good);
  }

  #changed(good: readonly T[]): readonly T[] {
    const others = good.filter(({ name }) => !this.#unkept.has(name));
    const mine = [...this.#unkept.values()].filter((entry) => entry !== undefined);
    return [...others, ...mine].sort((a, b) => textOrder(a.name, b.name));
  }

  #read(): Stored<T> {
    let text: string | null;
    try {
      text = this.#keptIn.localStorage.getItem(this.#key);
    } catch {
      return { good: [], bad: [] };
    }
    const list = v.safeParse(v.pipe(v.string(), v.parseJson(), v.array(v.unknown())), text ?? '[]');
    if (!list.success) return { good: [], bad: [], broken: text! };
    const entries = list.output.map((entry) => ({ entry, read: v.safeParse(this.#entry, entry) }));
    return {
      good: entries.flatMap(({ read }) => (read.success ? [read.output] : [])),
      bad: entries.flatMap(({ entry, read }) => (read.success ? [] : [entry])),
    };
  }
}
