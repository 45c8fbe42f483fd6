import { isolation } from '../../hosting/headers.ts';
import type { Chapter } from '../text.ts';

export const hosting: Chapter = {
  id: 'hosting',
  title: 'Hosting',
  sections: [
    {
      id: 'any-host',
      title: 'On any host',
      blocks: [
        '`npm run build` makes `dist/`: static files with relative addresses, for any host and any path. Shared memory needs headers; where the host does not send them a service worker adds them, after one reload on the first visit.',
        {
          table: {
            head: ['Header', 'Value'],
            rows: Object.entries(isolation).map(([name, value]) => [`\`${name}\``, `\`${value}\``]),
          },
        },
        'With them comes a content security policy for the page and its workers: they load from their own address alone and send nothing elsewhere, and no text becomes HTML or a script (Trusted Types).',
        '`dist/_headers` has them for hosts that read it. Without shared memory everything runs in one worker, with the same results.',
      ],
    },
    {
      id: 'offline',
      title: 'Offline, and as one file',
      blocks: [
        'The service worker keeps the page for use without its host, this documentation included; a new version waits until **Update** is pressed.',
        'The build also makes `dist/tapedeck.html`, all of the studio in one file that opens by a double-click, without a server. It plays in one worker, and **Share** gives the link without an address.',
      ],
    },
  ],
};
