import type { ByteSlices } from './byte-slices.ts';
import { copied, joined, sliced } from './byte-slices.ts';
import { FileFault } from './file-fault.ts';
import { inflated, InflateFault, packedSliceBytes } from './inflate.ts';
import type { ByteSource } from './source.ts';

/** Bytes of a member's header that tell it from other data. */
const headerBytes = 10;
/** Bytes like the beginning of a member come by chance once in some 100 GB; a file with more of them was made so. */
const mostChances = 8;

/**
 * The text of a gzip file, with all of its members, which stand one behind the other (RFC 1952). The platforms of browsers unpack one
 * and call the next one junk, without saying where it begins. So the bytes are cut wherever a member may begin; where the one before
 * is not whole then, the cut was wrong, and that one is read again without it.
 *
 * `first` are the bytes of `source` from its beginning. Throws a FileFault for data that is damaged or cut short.
 */
export async function* gunzipped(source: ByteSource, first: ByteSlices): ByteSlices {
  const chances = new Set<number>();
  let members = new Members(first, 0, chances);
  let textBytes = 0;
  let memberAt = 0;
  let given = 0;
  try {
    for (;;) {
      let again = given;
      try {
        for await (const text of inflated(members.next())) {
          const news = text.subarray(again);
          again -= text.length - news.length;
          given += news.length;
          textBytes += news.length;
          if (news.length > 0) yield news;
        }
        if (members.areRead) return;
        memberAt = members.at;
        given = 0;
      } catch (error) {
        if (!(error instanceof InflateFault)) throw error;
        if (!members.isCut || chances.size === mostChances)
          throw new FileFault(damagedText(source, members.at, textBytes), { cause: error.cause });
        chances.add(members.at);
        await members.close();
        members = new Members(sliced(source.open(memberAt), packedSliceBytes), memberAt, chances);
      }
    }
  } finally {
    await members.close();
  }
}

/** The bytes of a gzip file by member. */
class Members {
  private readonly slices: ByteSlices;
  private readonly chances: ReadonlySet<number>;
  /** Bytes that were read and not given yet; `at` is the place of the first of them in the file. */
  private held: Uint8Array = new Uint8Array(0);
  private ended = false;
  at: number;
  /** What was given last ends before something that may be a member. */
  isCut = false;

  constructor(slices: ByteSlices, at: number, chances: ReadonlySet<number>) {
    this.slices = slices;
    this.at = at;
    this.chances = chances;
  }

  get areRead(): boolean {
    return this.ended && this.held.length === 0;
  }

  /** The bytes up to where another member may begin. */
  async *next(): ByteSlices {
    this.isCut = false;
    const begin = this.at;
    for (;;) {
      const cut = this.startIn(this.held, begin);
      const sure = this.ended ? this.held.length : this.held.length - headerBytes + 1;
      const given = this.held.subarray(0, cut === -1 ? Math.max(0, sure) : cut);
      this.at += given.length;
      this.held = copied(this.held.subarray(given.length));
      this.isCut = cut !== -1;
      if (given.length > 0) yield given;
      if (this.isCut || this.areRead) return;
      const { done, value } = await this.slices.next();
      if (done) this.ended = true;
      else this.held = joined(this.held, value);
    }
  }

  async close(): Promise<void> {
    await this.slices.return();
  }

  private startIn(bytes: Uint8Array, begin: number): number {
    for (let i = bytes.indexOf(0x1f); i !== -1 && i <= bytes.length - headerBytes; i = bytes.indexOf(0x1f, i + 1))
      if (this.at + i > begin && isMember(bytes, i) && !this.chances.has(this.at + i)) return i;
    return -1;
  }
}

/** Magic, method deflate, no reserved flag, and a mark of the packer and a system that there are. */
function isMember(bytes: Uint8Array, at: number): boolean {
  const [method, flags, packer, system] = [2, 3, 8, 9].map((i) => bytes[at + i]!);
  return (
    bytes[at + 1] === 0x8b &&
    method === 8 &&
    flags! < 32 &&
    packer! % 2 === 0 &&
    packer! <= 4 &&
    (system! <= 13 || system === 255)
  );
}

function damagedText(source: ByteSource, read: number, textBytes: number): string {
  const number = (bytes: number) => bytes.toLocaleString('en-US');
  return (
    `has gzip data that is cut short or damaged: ${number(textBytes)} bytes of text came out of ${number(read)} of ` +
    `${number(source.size)} bytes. Fetch the file again`
  );
}
