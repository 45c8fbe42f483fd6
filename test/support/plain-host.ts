import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join } from 'node:path';

const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** A static host that sends no headers of its own unless it is told to: the page is not isolated there unless it helps itself. */
export interface PlainHost {
  /** Of the page, with the slash at its end. */
  readonly address: string;
  /** Paths from the page's folder that were asked for. */
  readonly asked: readonly string[];
  /** Serves another folder from now on, as a deployment does. */
  deploy(folder: string): void;
  /** Has one more file; a path that begins with a slash is one of the host. */
  add(path: string, text: string): void;
  /** Answers a path with 404 until the returned function is called. */
  lose(path: string): () => void;
  /** Answers a path only once the returned function was called. */
  hold(path: string): () => void;
  close(): Promise<void>;
}

/** Serves a folder under a path that begins and ends with a slash; port 0 takes a free one. */
export async function plainHost(
  folder: string,
  { path = '/', port = 0, headers = {} }: { path?: string; port?: number; headers?: Record<string, string> } = {},
): Promise<PlainHost> {
  let root = folder;
  const asked: string[] = [];
  const added = new Map<string, string>();
  const lost = new Set<string>();
  const held = new Map<string, Promise<void>>();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const file = pathname.slice(path.length);
    const extra = added.get(pathname);
    if (extra === undefined && (!pathname.startsWith(path) || lost.has(file))) return response.writeHead(404).end();
    asked.push(file);
    const name = file === '' ? 'index.html' : file;
    const body = (held.get(file) ?? Promise.resolve()).then(async () => extra ?? (await readFile(join(root, name))));
    body.then(
      (bytes) =>
        response
          .writeHead(200, {
            ...headers,
            'Content-Type': types[extname(extra === undefined ? name : pathname)] ?? 'text/plain',
          })
          .end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${portOf(server)}${path}`,
    asked,
    deploy(next) {
      root = next;
    },
    add: (name, text) => added.set(new URL(name, `http://host${path}`).pathname, text),
    lose(name) {
      lost.add(name);
      return () => lost.delete(name);
    },
    hold(name) {
      let release = (): void => {};
      held.set(name, new Promise((resolve) => (release = resolve)));
      return () => release();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The host listens on no port');
  return address.port;
}
