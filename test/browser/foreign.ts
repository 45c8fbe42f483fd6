import { createSocket } from 'node:dgram';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The ways in which the page may have a connection made ahead of a need. */
export const ahead = [
  ...['a link', 'a link that was there', 'a copy', 'a blank frame', 'a frame of a document', 'an element of its own'],
  ...['a text that was cleaned', 'a transformation'],
] as const;

/** Addresses of a server that is none of the page's business. */
export interface Abroad {
  /** What is asked for behind it is a hit of that name. */
  readonly http: string;
  /** A connection alone is a hit. */
  readonly connect: Readonly<Record<(typeof ahead)[number], string>>;
  /** Ports of UDP, for calls between browsers and for streams. */
  readonly rtc: number;
  readonly transport: number;
}

/** A foreign server that notes whatever comes, by the name of its road, once each. */
export class Foreign {
  readonly hits = new Set<string>();
  private readonly closing: (() => void)[] = [];

  async start(): Promise<Abroad> {
    const asked = createServer((request, response) => {
      this.note(request.url);
      // Who comes to stay is sent back, so that the page is still there for the next road.
      if (request.headers['sec-fetch-mode'] === 'navigate') response.statusCode = 204;
      response.setHeader('Access-Control-Allow-Origin', '*');
      response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
      response.setHeader('Content-Type', 'text/javascript');
      response.end('');
    });
    asked.on('upgrade', (request, socket) => {
      this.note(request.url);
      socket.destroy();
    });
    return {
      http: `${await this.listening(asked)}out/`,
      connect: Object.fromEntries(
        await Promise.all(ahead.map(async (way) => [way, await this.connections(way)] as const)),
      ) as Abroad['connect'],
      rtc: await this.datagrams('rtc'),
      transport: await this.datagrams('transport'),
    };
  }

  close(): void {
    for (const close of this.closing) close();
  }

  private note(url = ''): void {
    const road = /^\/out\/(.+)/.exec(decodeURIComponent(url))?.[1];
    if (road) this.hits.add(road);
  }

  private async listening(server: Server): Promise<string> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.closing.push(() => {
      server.close();
      server.closeAllConnections();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  private connections(way: string): Promise<string> {
    const server = createServer((_, response) => response.end());
    server.on('connection', () => this.hits.add(`ahead/${way}`));
    return this.listening(server);
  }

  private async datagrams(road: string): Promise<number> {
    const socket = createSocket('udp4', () => this.hits.add(road));
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    this.closing.push(() => socket.close());
    return socket.address().port;
  }
}
