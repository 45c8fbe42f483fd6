import type { FromLoop, ToLoop } from '../../coordinator/messages.ts';
import { sandboxDocument, type FromFrame } from '../../hosting/sandbox.ts';
import { sandboxPolicy } from '../../hosting/script-policy.ts';
import type { PlayCells } from '../../player/own-cells.ts';
import { trustedPolicy } from '../trusted-policy.ts';
import type { RunWorker } from '../workers.ts';

/** Makes the document of the frame, and no other. */
const policy = trustedPolicy(sandboxPolicy, { createHTML: () => sandboxDocument });

/**
 * A worker within a frame of an origin of its own, for code that came from elsewhere. Its text goes to the frame by message, as all that is
 * said to it: nothing of the page or of its storage can be reached from there, whatever the code does. Ended, the frame is taken away.
 */
export class FramedWorker implements RunWorker {
  onmessage: ((event: MessageEvent<FromLoop>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  readonly #frame = document.createElement('iframe');
  readonly #port: MessagePort;

  constructor(text: string) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }: MessageEvent<FromFrame<FromLoop>>) => {
      if ('said' in data) this.onmessage?.(new MessageEvent('message', { data: data.said }));
      else this.onerror?.(new ErrorEvent('error', { message: data.failed }));
    };
    const frame = this.#frame;
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.title = 'Code from elsewhere';
    frame.hidden = true;
    frame.srcdoc = policy?.createHTML('') ?? sandboxDocument;
    // An origin without a name cannot be named as the target; the frame was made here and leads nowhere.
    frame.onload = () => frame.contentWindow?.postMessage(text, '*', [port2]);
    document.body.append(frame);
  }

  postMessage(message: ToLoop | PlayCells, transfer: Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
  }

  terminate(): void {
    this.#port.close();
    this.#frame.remove();
  }
}
