/**
 * A 128-bit digest of words, for what is hashed at every session end: fast rather than secure (the chain over it is SHA-256).
 * It tells accidents apart, not forgeries: two changes can be chosen so that they cancel out.
 * Four lanes, each a rotate and an odd multiplication a word, so that a single changed word always changes its lane.
 */
export class Mix {
  private a = 0x9e3779b9 | 0;
  private b = 0x85ebca6b | 0;
  private c = 0xc2b2ae35 | 0;
  private d = 0x27d4eb2f | 0;

  /** Takes in `words[from, to)`. */
  words(words: Int32Array, from: number, to: number): this {
    let { a, b, c, d } = this;
    let i = from;
    for (; i + 4 <= to; i += 4) {
      a = Math.imul(a ^ words[i]!, 0x2c1b3c6d);
      b = Math.imul(b ^ words[i + 1]!, 0x297a2d39);
      c = Math.imul(c ^ words[i + 2]!, 0x1b56c4e9);
      d = Math.imul(d ^ words[i + 3]!, 0x7feb352d);
      a = (a << 15) | (a >>> 17);
      b = (b << 13) | (b >>> 19);
      c = (c << 16) | (c >>> 16);
      d = (d << 11) | (d >>> 21);
    }
    for (; i < to; i++) {
      a = Math.imul(a ^ words[i]!, 0x2c1b3c6d);
      a = (a << 15) | (a >>> 17);
    }
    this.a = a ^ (to - from);
    this.b = b;
    this.c = c;
    this.d = d;
    return this;
  }

  /** The lanes, mixed with one another, into `out[at, at + 4)`. */
  digest(out: Int32Array, at = 0): void {
    let { a, b, c, d } = this;
    for (let round = 0; round < 3; round++) {
      a = finish(a + d);
      b = finish(b ^ a);
      c = finish(c + b);
      d = finish(d ^ c);
    }
    out[at] = a;
    out[at + 1] = b;
    out[at + 2] = c;
    out[at + 3] = d;
  }
}

function finish(word: number): number {
  let w = word | 0;
  w = Math.imul(w ^ (w >>> 16), 0x85ebca6b);
  w = Math.imul(w ^ (w >>> 13), 0xc2b2ae35);
  return w ^ (w >>> 16);
}

/** 32 hex digits of four words. */
export function hexWords(words: Int32Array, at = 0): string {
  let text = '';
  for (let i = at; i < at + 4; i++) text += (words[i]! >>> 0).toString(16).padStart(8, '0');
  return text;
}
