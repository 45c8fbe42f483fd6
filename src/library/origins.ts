/**
 * Where the bars of a dataset that was made of others come from: runs of bars in time order that have one source. A symbol has a page
 * of them (`origins`, by its place in the manifest), 24 bytes a run, little endian: start of the first and of the last bar (doubles),
 * number of bars and place of the source in the manifest's list (unsigned, 32 bits each).
 */
import { instant, type Instant } from '../time/instant.ts';

/** The name of the list of pages. */
export const originsList = 'origins';

const runBytes = 24;

/** Bars one after the other that come from one source. */
export interface OriginRun {
  readonly from: Instant;
  readonly to: Instant;
  readonly bars: number;
  /** Its place among the sources of the dataset. */
  readonly source: number;
}

/** Notes bar by bar where they come from. */
export class OriginNotes {
  private data = new DataView(new ArrayBuffer(64 * runBytes));
  private runs = 0;
  private last = -1;

  add(time: number, source: number): void {
    if (source !== this.last) {
      if ((this.runs + 1) * runBytes > this.data.byteLength) this.grow();
      this.data.setFloat64(this.runs * runBytes, time, true);
      this.data.setUint32(this.runs * runBytes + 20, source, true);
      this.last = source;
      this.runs++;
    }
    const at = (this.runs - 1) * runBytes;
    this.data.setFloat64(at + 8, time, true);
    this.data.setUint32(at + 16, this.data.getUint32(at + 16, true) + 1, true);
  }

  /** The page; the notes are then empty. */
  page(): Uint8Array {
    const page = new Uint8Array(this.data.buffer.slice(0, this.runs * runBytes));
    this.data = new DataView(new ArrayBuffer(64 * runBytes));
    this.runs = 0;
    this.last = -1;
    return page;
  }

  private grow(): void {
    const grown = new Uint8Array(2 * this.data.byteLength);
    grown.set(new Uint8Array(this.data.buffer));
    this.data = new DataView(grown.buffer);
  }
}

/** The runs of a page. */
export function originRuns(page: Uint8Array): OriginRun[] {
  const data = new DataView(page.buffer, page.byteOffset, page.byteLength);
  return Array.from({ length: Math.floor(page.byteLength / runBytes) }, (_, i) => ({
    from: instant(data.getFloat64(i * runBytes, true)),
    to: instant(data.getFloat64(i * runBytes + 8, true)),
    bars: data.getUint32(i * runBytes + 16, true),
    source: data.getUint32(i * runBytes + 20, true),
  }));
}
