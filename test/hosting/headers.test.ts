import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { closed, headers, headersFile, metaPolicy } from '../../src/hosting/headers.ts';
import { sandboxDocument, sandboxHash } from '../../src/hosting/sandbox.ts';

test('an answer keeps what it is and gets the headers, in place of those it had', async () => {
  const given = new Response('export {}', {
    status: 203,
    headers: { 'Content-Type': 'text/javascript', 'Content-Security-Policy': 'default-src *' },
  });
  const answer = closed(given);
  expect(answer.status).toBe(203);
  expect(await answer.text()).toBe('export {}');
  expect(answer.headers.get('Content-Type')).toBe('text/javascript');
  for (const [name, value] of Object.entries(headers)) expect(answer.headers.get(name)).toBe(value);
});

test('an answer can be kept whatever the host says that it varies with', () => {
  expect(closed(new Response('', { headers: { Vary: '*' } })).headers.has('Vary')).toBe(false);
});

test('the policy lets nothing out, and a page states what it can of it by itself', () => {
  const policy = headers['Content-Security-Policy'].split('; ');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("connect-src 'self'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy.filter((rule) => !metaPolicy.split('; ').includes(rule))).toEqual(["frame-ancestors 'none'"]);
});

test('the file for hosts has a line for each header', () => {
  const [path, ...lines] = headersFile.split('\n');
  expect(path).toBe('/*');
  expect(lines.slice(0, Object.keys(headers).length)).toEqual(
    Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
  );
});

test('the policy lets the script of the sandbox run, and no other that stands in a document', () => {
  const script = /<script>([^]*)<\/script>$/.exec(sandboxDocument)![1]!;
  expect(sandboxHash).toBe(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  const scripts = headers['Content-Security-Policy'].split('; ').find((rule) => rule.startsWith('script-src'));
  expect(scripts).toBe(`script-src 'self' ${sandboxHash}`);
});
