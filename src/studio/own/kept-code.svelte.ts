import * as v from 'valibot';
import { codeHash, readCode, type ReadCode } from '../../own/read-code.ts';
import type { OwnDefinition } from '../../strategy/definition.ts';

/** A strategy of one's own. */
export interface KeptText {
  readonly name: string;
  readonly text: string;
  /** It came from elsewhere (a file, a workspace), and stays so however it is changed: it runs in a frame that has nothing of the page. */
  readonly isForeign?: boolean | undefined;
}

const key = 'tapedeck.own-code';
const kept = v.array(
  v.object({
    name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
    text: v.string(),
    isForeign: v.optional(v.boolean()),
  }),
);

/** Hashes of what its user wrote here, or read and allowed. The name keeps them out of a workspace: they are of this browser alone. */
const readKey = 'tapedeck:code-read';
const hashes = v.array(v.string());

/**
 * The strategies of one's own that this browser keeps, by name. A text that came from elsewhere (a file, a workspace) runs only when
 * its user has read and allowed it, and then in a frame of its own.
 */
export class KeptCode {
  #all = $state.raw(readFrom(key, kept));
  #allowed = $state.raw<ReadonlySet<string>>(new Set(readFrom(readKey, hashes)));
  readonly #known = new Map<string, ReadCode>();
  readonly #definitions = $derived(
    this.#all.filter(({ text }) => this.mayRun(text)).flatMap((each) => this.#definitionOf(each) ?? []),
  );

  get all(): readonly KeptText[] {
    return this.#all;
  }

  /** Those that may run, and are without fault. */
  get definitions(): readonly OwnDefinition[] {
    return this.#definitions;
  }

  find(hash: string): KeptText | undefined {
    return this.#all.find(({ text }) => codeHash(text) === hash);
  }

  mayRun(text: string): boolean {
    return this.#allowed.has(codeHash(text));
  }

  /** Keeps a text in place of the one of that name, and lets it run. Returns false where the browser keeps nothing: it then lasts as long as the page. */
  keep(own: KeptText): boolean {
    const { name, text } = own;
    this.#allowed = new Set([...this.#allowed, codeHash(text)]);
    const others = this.#all.filter((each) => each.name !== name);
    return this.#write([...others, own].sort((a, b) => (a.name < b.name ? -1 : 1)));
  }

  remove(name: string): boolean {
    return this.#write(this.#all.filter((each) => each.name !== name));
  }

  /** A name like that one which is free. */
  freeName(wanted: string): string {
    const names = new Set(this.#all.map(({ name }) => name));
    for (let n = 1; ; n++) {
      const name = n === 1 ? wanted : `${wanted} ${n}`;
      if (!names.has(name)) return name;
    }
  }

  #definitionOf({ name, text, isForeign }: KeptText): OwnDefinition | undefined {
    const id = `${name}\n${text}`;
    const read = this.#known.get(id) ?? readCode(name, text);
    this.#known.set(id, read);
    if (!read.ok) return undefined;
    const { definition } = read;
    if (!isForeign) return definition;
    const source = `code from elsewhere, in a sandboxed frame, ${definition.own.sha256.slice(0, 15)}…`;
    return { ...definition, source, own: { ...definition.own, isForeign } };
  }

  #write(all: readonly KeptText[]): boolean {
    this.#all = [...all];
    const hashesNow = new Set(all.map(({ text }) => codeHash(text)));
    this.#allowed = new Set([...this.#allowed].filter((hash) => hashesNow.has(hash)));
    try {
      localStorage.setItem(key, JSON.stringify(all));
      localStorage.setItem(readKey, JSON.stringify([...this.#allowed]));
      return true;
    } catch {
      return false;
    }
  }
}

function readFrom<T>(name: string, schema: v.GenericSchema<unknown, T[]>): T[] {
  try {
    const read = v.safeParse(schema, JSON.parse(localStorage.getItem(name) ?? '[]'));
    return read.success ? read.output : [];
  } catch {
    return [];
  }
}
