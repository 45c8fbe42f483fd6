import type { Parser } from 'udsv';
import { initParser } from 'udsv';
import type { Delimiter } from './layout.ts';
import { textOf } from './platform.ts';

/**
 * Finds the records of a text by the rules of RFC 4180: a field that begins with a quote goes on to the next single quote,
 * over delimiters and line ends; two quotes in it are one. A quote inside another field is an ordinary character.
 */
export class RecordScanner {
  /** After `scan`: the index after the record, with its line end. */
  next = 0;
  /** Fields that the record has, and the line feeds in it, that of its end included. */
  fields = 0;
  lines = 0;
  /** There is a quoted field. */
  quoted = false;
  /** Something other than a delimiter follows a closing quote. */
  malformed = false;
  private textEnd = 0;
  private readonly delimiter: Delimiter;
  private readonly delimiterByte: number;
  /** uDSV fills up and joins fields to the number that it was told, so there is a parser for each number. */
  private readonly parsers = new Map<number, Parser>();

  constructor(delimiter: Delimiter) {
    this.delimiter = delimiter;
    this.delimiterByte = delimiter.charCodeAt(0);
  }

  /** Finds the end of the record at `start`; false when it does not end before `limit`. */
  scan(bytes: Uint8Array, start: number, limit: number): boolean {
    const delimiter = this.delimiterByte;
    this.fields = 1;
    this.lines = 1;
    this.quoted = false;
    this.malformed = false;
    let p = start;
    while (p < limit) {
      // p is at the beginning of a field
      if (bytes[p] === 34) {
        this.quoted = true;
        p = this.closingQuote(bytes, p + 1, limit) + 1;
        if (p >= limit) return false;
        const byte = bytes[p]!;
        if (byte !== delimiter && byte !== 10 && byte !== 13) this.malformed = true;
      }
      while (p < limit && bytes[p] !== delimiter && bytes[p] !== 10) p++;
      if (p === limit) return false;
      if (bytes[p] === 10) {
        this.textEnd = p > start && bytes[p - 1] === 13 ? p - 1 : p;
        this.next = p + 1;
        return true;
      }
      this.fields++;
      p++;
    }
    return false;
  }

  /** The index of the quote that closes the field; `limit` when none does. */
  private closingQuote(bytes: Uint8Array, from: number, limit: number): number {
    for (let p = from; p < limit; p++) {
      const byte = bytes[p];
      if (byte === 10) this.lines++;
      else if (byte === 34) {
        if (bytes[p + 1] !== 34) return p;
        p++;
      }
    }
    return limit;
  }

  /** The text of the record that was scanned, without its line end. */
  text(bytes: Uint8Array, start: number): string {
    return textOf(bytes.subarray(start, this.textEnd));
  }

  /** The fields of the record that was scanned, trimmed. */
  split(text: string): string[] {
    const fields = this.quoted ? this.unquoted(text) : text.split(this.delimiter);
    for (let i = 0; i < fields.length; i++) fields[i] = fields[i]!.trim();
    return fields;
  }

  /** `stringArrs` is the form of uDSV that makes no code from text, which the page's security policy forbids. */
  private unquoted(text: string): string[] {
    let parser = this.parsers.get(this.fields);
    if (!parser) {
      const column = { name: '', type: 's' as const, repl: { empty: null, null: undefined, NaN: undefined } };
      const cols = Array.from({ length: this.fields }, () => column);
      parser = initParser({
        col: this.delimiter,
        row: '\n',
        encl: '"',
        esc: '"',
        trim: false,
        cols,
        skip: 0,
      } as Parameters<typeof initParser>[0]);
      this.parsers.set(this.fields, parser);
    }
    return parser.stringArrs<string[]>(text)[0]!;
  }
}
