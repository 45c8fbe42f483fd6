import { lookedAtBehind } from './bar-run.ts';
import type { FileParser } from './file-parser.ts';
import { maxRecordBytes } from './layout.ts';
import { SpareMemory } from './spare-memory.ts';
import type { Rows } from './staging.ts';

const firstRoom = 8_192;

/** Room for what is cut; a file with a very long record has a larger one. */
const rooms = new SpareMemory(262_144);

/** What parses records; it may look at `lookedAtBehind` bytes after them. */
type RecordParser = Pick<FileParser<Rows>, 'parse' | 'rejectRest' | 'tooLong'>;

/**
 * Hands a text that comes in slices to its parser, as far as it can where it lies: copied is only what is cut between two slices.
 * Throws when a record is longer than `maxRecordBytes`.
 */
export class WholeLines {
  private readonly parser: RecordParser;
  /** What was not parsed yet, from the beginning of a record on. */
  private kept = rooms.take(firstRoom);
  private filled = 0;

  constructor(parser: RecordParser) {
    this.parser = parser;
  }

  /** Parses what it can; the slice may be changed afterwards. */
  add(slice: Uint8Array): void {
    let from = 0;
    // A record that goes on after its line is joined with twice as much each time, so that it is not looked through for each line.
    while (this.filled > 0 && from < slice.length) {
      const enough = Math.min(slice.length, from + this.filled) - 1;
      const to = slice.indexOf(10, enough) + 1 || slice.length;
      this.keep(slice.subarray(from, to));
      this.parseKept();
      from = to;
    }
    // The last lines have nothing behind them that could be looked at.
    const last = slice.length - lookedAtBehind - 1;
    const limit = last < from ? from : slice.lastIndexOf(10, last) + 1;
    const next = limit > from ? this.parser.parse(slice, from, limit) : from;
    this.keep(slice.subarray(next));
    if (this.filled > maxRecordBytes) this.parseKept();
  }

  /** Parses the rest; a last line needs no end. */
  end(): void {
    this.parseKept();
    if (this.filled > 0) {
      this.keep(lineFeed);
      const { kept, filled } = this;
      const next = this.parser.parse(kept, 0, filled);
      if (next < filled) this.parser.rejectRest(kept, next, filled);
    }
    rooms.give(this.kept);
  }

  private keep(bytes: Uint8Array): void {
    const { kept, filled } = this;
    const most = filled + bytes.length;
    if (most + lookedAtBehind > kept.length) {
      this.kept = new Uint8Array(2 * (most + lookedAtBehind));
      this.kept.set(kept.subarray(0, filled));
    }
    this.kept.set(bytes, filled);
    this.filled = most;
  }

  /** Parses the lines of what is kept. */
  private parseKept(): void {
    const { kept, filled } = this;
    const limit = kept.subarray(0, filled).lastIndexOf(10) + 1;
    const next = limit > 0 ? this.parser.parse(kept, 0, limit) : 0;
    kept.copyWithin(0, next, filled);
    this.filled = filled - next;
    if (this.filled > maxRecordBytes) throw this.parser.tooLong();
  }
}

const lineFeed = Uint8Array.of(10);
