import type { Block } from '../../../src/memory/block.ts';
import type { Words } from '../../../src/memory/words.ts';
import type { Operation } from './operation.ts';
import { perform } from './thread.ts';

type Numbers = Float64Array | Int32Array | Uint8Array;

/** Addresses that an array takes at most. */
const arrayPlaces = 1 << 16;

/** The model's memory: arrays whose elements have addresses, each starting with what the real array held. */
export class Memory {
  private readonly arrays: { name: string; initial: Numbers; mayRace: boolean }[] = [];
  private readonly races: ReadonlySet<string>;

  /** `races` names the arrays of integers on which the program allows races. */
  constructor(races: readonly string[] = []) {
    this.races = new Set(races);
  }

  /** A stand-in for an array: its elements are read and written by plain operations of the model. */
  array<T extends Numbers>(name: string, real: T): T {
    const mayRace = this.races.has(name);
    if (mayRace && real instanceof Float64Array) throw new Error(`${name}: a Float64 may tear in a race`);
    const from = this.arrays.push({ name, initial: real.slice(), mayRace }) * arrayPlaces - arrayPlaces;
    const { length } = real;
    const get = (i: number): number => perform({ kind: 'get', place: from + i, value: 0 });
    const set = (i: number, value: number): void => void perform({ kind: 'set', place: from + i, value });
    const methods: Record<string, unknown> = {
      length,
      fill: (value: number, first = 0, end = length) => {
        for (let i = first; i < end; i++) set(i, value);
      },
    };
    return new Proxy(real, {
      get: (_, key) => {
        if (typeof key === 'string' && /^\d+$/.test(key)) return get(Number(key));
        if (typeof key === 'string' && key in methods) return methods[key];
        throw new Error(`${name}.${String(key)} is not modelled`);
      },
      set: (_, key, value: number) => {
        set(Number(key), value);
        return true;
      },
    });
  }

  /** A stand-in for the words of an array that was added. */
  words(name: string): Words {
    const from = this.arrays.findIndex((array) => array.name === name) * arrayPlaces;
    return {
      load: (i) => perform({ kind: 'load', place: from + i, value: 0 }),
      store: (i, value) => void perform({ kind: 'store', place: from + i, value }),
      add: (i, value) => perform({ kind: 'add', place: from + i, value }),
      wait: (i, value) => void perform({ kind: 'wait', place: from + i, value }),
      waitAsync: () => null,
      notify: (i) => void perform({ kind: 'notify', place: from + i, value: 0 }),
    };
  }

  /** A stand-in for a whole block, which starts as the real one stands; arrays named in `lengths` are shorter. */
  block(real: Block, lengths: Readonly<Record<string, number>> = {}): Block {
    const stand: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(real))
      if (isNumbers(value)) stand[name] = this.array(name, value.slice(0, lengths[name] ?? value.length));
    return Object.assign(Object.create(real) as Block, stand, {
      header: this.words('words'),
      quoteCounters: this.words('quoteSequences'),
      slabs: real.slabs.map((slabs, i) => ({
        ...slabs,
        ...Object.fromEntries(
          Object.entries(slabs).flatMap(([name, value]: [string, unknown]) =>
            isNumbers(value) ? [[name, this.array(`${name} of interval ${i}`, value)]] : [],
          ),
        ),
      })),
    });
  }

  initial(place: number): number {
    return this.arrays[Math.floor(place / arrayPlaces)]!.initial[place % arrayPlaces]!;
  }

  mayRace(place: number): boolean {
    return this.arrays[Math.floor(place / arrayPlaces)]!.mayRace;
  }

  /** The address of an element. */
  place(name: string, i: number): number {
    const array = this.arrays.findIndex((known) => known.name === name);
    if (array < 0) throw new Error(`the model has no ${name}`);
    return array * arrayPlaces + i;
  }

  describe({ kind, place, value }: Operation): string {
    const at = `${this.arrays[Math.floor(place / arrayPlaces)]!.name}[${place % arrayPlaces}]`;
    return kind === 'load' || kind === 'get' ? `${kind} ${at}` : `${kind} ${at} ${value}`;
  }
}

function isNumbers(value: unknown): value is Numbers {
  return value instanceof Float64Array || value instanceof Int32Array || value instanceof Uint8Array;
}
