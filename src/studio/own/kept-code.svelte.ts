import * as v from 'valibot';
import { codeHash, readCode, type ReadCode } from '../../own/read-code.ts';
import type { OwnDefinition } from '../../strategy/definition.ts';
import { KeptList, type KeptIn } from '../kept-list.svelte.ts';

/** A strategy of one's own. */
export interface KeptText {
  readonly name: string;
  readonly text: string;
  /** It came from elsewhere (a file, a workspace), and stays so however it is changed: it runs in a frame that has nothing of the page. */
  readonly isForeign?: boolean | undefined;
}

const kept = v.object({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  text: v.string(),
  isForeign: v.optional(v.boolean()),
});

/** Hashes of what its user wrote here, or read and allowed. The name keeps them out of a workspace: they are of this browser alone. */
const readKey = 'tapedeck:code-read';
const hashes = v.array(v.string());

/**
 * The strategies of one's own that this browser keeps, by name. A text that came from elsewhere (a file, a workspace) runs only when
 * its user has read and allowed it, and then in a frame of its own.
 */
export class KeptCode {
  readonly #keptIn: KeptIn;
  readonly list: KeptList<KeptText>;
  #allowed = $state.raw<ReadonlySet<string>>(new Set());
  readonly #known = new Map<string, ReadCode>();
  readonly #definitions = $derived(
    this.all.filter(({ text }) => this.mayRun(text)).flatMap((each) => this.#definitionOf(each) ?? []),
  );

  constructor(keptIn: KeptIn) {
    this.#keptIn = keptIn;
    this.list = new KeptList('tapedeck.own-code', kept, keptIn);
    this.#allowed = this.#readAllowed();
    keptIn.addEventListener('storage', ({ key }) => {
      if (key === null || key === readKey) this.#allowed = this.#readAllowed();
    });
  }

  get all(): readonly KeptText[] {
    return this.list.all;
  }

  /** Those that may run, and are without fault. */
  get definitions(): readonly OwnDefinition[] {
    return this.#definitions;
  }

  find(hash: string): KeptText | undefined {
    return this.all.find(({ text }) => codeHash(text) === hash);
  }

  mayRun(text: string): boolean {
    return this.#allowed.has(codeHash(text));
  }

  /** Keeps a text in place of the one of that name, and lets it run. Returns false where the browser keeps nothing: it then lasts as long as the page. */
  keep(own: KeptText): boolean {
    const isKept = this.list.put(own);
    return this.#allow(codeHash(own.text)) && isKept;
  }

  remove(name: string): boolean {
    const isKept = this.list.remove(name);
    return this.#allow() && isKept;
  }

  /** A name like that one which is free. */
  freeName(wanted: string): string {
    const names = new Set(this.all.map(({ name }) => name));
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

  /** Lets what has those hashes run, besides what may already, in this tab or another; forgets what is not kept any more. */
  #allow(...more: readonly string[]): boolean {
    const kept = new Set(this.all.map(({ text }) => codeHash(text)));
    const allowed = [...this.#allowed, ...this.#readAllowed(), ...more].filter((hash) => kept.has(hash));
    this.#allowed = new Set(allowed);
    try {
      this.#keptIn.localStorage.setItem(readKey, JSON.stringify([...this.#allowed]));
      return true;
    } catch {
      return false;
    }
  }

  #readAllowed(): ReadonlySet<string> {
    try {
      const read = v.safeParse(hashes, JSON.parse(this.#keptIn.localStorage.getItem(readKey) ?? '[]'));
      return new Set(read.success ? read.output : []);
    } catch {
      return new Set();
    }
  }
}
