/** A static host that sends no headers of its own, as most do: the page is not isolated there. `tsx plain-host.ts PORT`. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const root = new URL('../../dist/', import.meta.url).pathname;

createServer((request, response) => {
  const path = normalize(new URL(request.url ?? '/', 'http://host').pathname);
  const file = join(root, path === '/' ? 'index.html' : path);
  readFile(file).then(
    (body) => response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'text/plain' }).end(body),
    () => response.writeHead(404).end(),
  );
}).listen(Number(process.argv[2]), '127.0.0.1');
