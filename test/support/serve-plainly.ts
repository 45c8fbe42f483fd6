import { fileURLToPath } from 'node:url';
import { plainHost } from './plain-host.ts';

/** Serves the built page without headers. `tsx serve-plainly.ts PORT`. */
await plainHost(fileURLToPath(new URL('../../dist/', import.meta.url)), { port: Number(process.argv[2]) });
