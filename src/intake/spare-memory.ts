/**
 * One piece of memory that is read into again and again: fresh memory costs more than what is read into it, and thousands of files would
 * each leave theirs behind. Whoever takes it while another has it gets some of its own.
 */
export class SpareMemory {
  private spare: Uint8Array<ArrayBuffer> | undefined;
  private readonly mostBytes: number;

  /** More than `mostBytes` is not kept. */
  constructor(mostBytes: number) {
    this.mostBytes = mostBytes;
  }

  /** At least so many bytes, of any content. */
  take(bytes: number): Uint8Array<ArrayBuffer> {
    const { spare } = this;
    if (!spare || spare.length < bytes) return new Uint8Array(bytes);
    this.spare = undefined;
    return spare;
  }

  /** Nobody looks at it any more. */
  give(memory: Uint8Array<ArrayBuffer>): void {
    if (memory.length <= this.mostBytes) this.spare = memory;
  }
}
