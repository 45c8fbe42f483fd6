import type { FromLoop, ToLoop } from '../../src/coordinator/messages.ts';

/** A worker that does nothing but keep what it was told. */
export class SilentWorker {
  static started: SilentWorker[] = [];
  readonly told: ToLoop[] = [];
  hasEnded = false;
  onmessage: ((event: { data: FromLoop }) => void) | undefined;
  onerror: ((event: { message: string }) => void) | undefined;

  constructor() {
    SilentWorker.started.push(this);
  }
  postMessage(message: ToLoop): void {
    this.told.push(message);
  }
  terminate(): void {
    this.hasEnded = true;
  }

  /** All break: one that rests is not used again. */
  static breakAll(): void {
    for (const { onerror } of SilentWorker.started) onerror?.({ message: 'broken' });
    SilentWorker.started = [];
  }
}
