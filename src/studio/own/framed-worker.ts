import type { FromLoop, ToLoop } from '../../coordinator/messages.ts';
import { sandboxFrame, type FromFrame } from '../../hosting/sandbox.ts';
import { sandboxPolicy } from '../../hosting/script-policy.ts';
import type { PlayCells } from '../../player/own-cells.ts';
import { trustedPolicy } from '../trusted-policy.ts';
import type { RunWorker } from '../workers.ts';

/** Makes the frame, and no other: the page makes none by its name (public/roads.js). */
const policy = trustedPolicy(sandboxPolicy, { createHTML: () => sandboxFrame });

/**
 * A worker within a frame of an origin of its own, for code that came from elsewhere. Its text goes to the frame by message, as all that is
 * said to it: nothing of the page or of its storage can be reached from there, whatever the code does. Ended, the frame is taken away. It
 * lies in a closed shadow, where nobody else in the page gets at it to open it.
 */
export class FramedWorker implements RunWorker {
  onmessage: ((event: MessageEvent<FromLoop>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  readonly #host = document.createElement('div');
  readonly #port: MessagePort;

  constructor(text: string) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }: MessageEvent<FromFrame<FromLoop>>) => {
      if ('said' in data) this.onmessage?.(new MessageEvent('message', { data: data.said }));
      else this.onerror?.(new ErrorEvent('error', { message: data.failed }));
    };
    const shadow = this.#host.attachShadow({ mode: 'closed' });
    shadow.innerHTML = policy?.createHTML('') ?? sandboxFrame;
    const frame = shadow.firstElementChild as HTMLIFrameElement;
    // An origin without a name cannot be named as the target; the frame was made here and leads nowhere.
    frame.onload = () => frame.contentWindow?.postMessage(text, '*', [port2]);
    this.#host.hidden = true;
    document.body.append(this.#host);
  }

  postMessage(message: ToLoop | PlayCells, transfer: Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
  }

  terminate(): void {
    this.#port.close();
    this.#host.remove();
  }
}
