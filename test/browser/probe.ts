import type { Page } from '@playwright/test';

/** What is put into the script of one of the page's workers: it asks for the addresses that it is told, as the worker itself would. */
export const probe = `{
  const probe = new BroadcastChannel('probe');
  probe.onmessage = ({ data }) =>
    fetch(data, { mode: 'no-cors' }).then(() => probe.postMessage('answered'), () => probe.postMessage('blocked'));
}
`;

/** Has every worker that the page makes of text begin with a probe. */
export const probeBlobs = (page: Page): Promise<unknown> =>
  page.addInitScript((text) => {
    const Plain = Blob;
    window.Blob = class extends Plain {
      constructor(parts: BlobPart[] = [], options?: BlobPropertyBag) {
        super(options?.type === 'text/javascript' ? [text, ...parts] : parts, options);
      }
    };
  }, probe);

/** Whether a probe in a worker of the page gets an answer from an address; waits until there is a probe. */
export const askProbe = (page: Page, address: string): Promise<'answered' | 'blocked'> =>
  page.evaluate(
    (url) =>
      new Promise<'answered' | 'blocked'>((resolve) => {
        const channel = new BroadcastChannel('probe');
        const ask = setInterval(() => channel.postMessage(url), 200);
        channel.onmessage = ({ data }) => {
          clearInterval(ask);
          channel.close();
          resolve(data as 'answered' | 'blocked');
        };
        channel.postMessage(url);
      }),
    address,
  );
