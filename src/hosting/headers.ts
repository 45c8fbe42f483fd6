import { sandboxHash } from './sandbox.ts';
import { trustedTypes } from './script-policy.ts';

/**
 * What the page and its workers may do: run and fetch what lies beside them, nothing else. A `blob:` worker has the policy of
 * its maker; inline styles are those of the chart's library. The hash is that of the frame of foreign code.
 */
const policy = [
  "default-src 'none'",
  `script-src 'self' ${sandboxHash}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  ...trustedTypes,
];

/** The policy as the page itself may state it: browsers take no `frame-ancestors` from a meta element. */
export const metaPolicy = policy.filter((rule) => !rule.startsWith('frame-ancestors')).join('; ');

/** Shared memory needs the first two, and these of every resource the third. */
export const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/** Headers of an isolated, closed page and of everything that it loads. */
export const headers = {
  ...isolation,
  'Content-Security-Policy': policy.join('; '),
  // Calls between browsers and leaving for another address, which no content security policy knows; Chromium since 2026.
  // https://wicg.github.io/connection-allowlists
  'Connection-Allowlist': '(response-origin)',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** The same answer with these headers. */
export function closed(response: Response): Response {
  const { status, statusText } = response;
  const all = new Headers(response.headers);
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  // It is the same for everybody who asks for it by its address, and a cache refuses what varies with everything.
  all.delete('Vary');
  return new Response(response.body, { status, statusText, headers: all });
}

/** The file `_headers` by which Netlify and Cloudflare Pages send them. Names in assets/ are hashes of what is in them. */
export const headersFile = [
  '/*',
  ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
  '/assets/*',
  '  Cache-Control: public, max-age=31536000, immutable',
  '',
].join('\n');
