import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

/** Installs what the project's commands need and this checkout lacks: packages, and with --browsers the test browsers. */
const installed = 'node_modules/.package-lock.json';
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync('package-lock.json').mtimeMs) {
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
if (process.argv.includes('--browsers')) {
  const { ensureBrowsers } = await import('./browsers.mjs');
  await ensureBrowsers();
}
