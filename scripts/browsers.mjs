import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The browsers that tests drive. Each is, in this order: the one Playwright has, an installed one, Debian's package (when
 * root), Playwright's own install.
 */
const known = {
  chromium: { commands: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'], pack: 'chromium' },
  firefox: { commands: ['firefox-esr', 'firefox'], pack: 'firefox-esr' },
};

/**
 * Chromium's own surface, which nobody sees here: its address bar has a page of its own for each page that is opened, a fifth of a
 * test's time. The last such flag counts: the others are those that Playwright 1.64 gives.
 */
const disabledFeatures = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'BlockOriginHeaderModificationOnRedirect',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'Translate',
  'AutoDeElevate',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
];

function onPath(command) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find((file) => existsSync(file));
}

/** Launch options for Playwright, or undefined when the browser is not on this machine. */
export async function findBrowser(name) {
  const playwright = await import('playwright-core');
  if (existsSync(playwright[name].executablePath())) return {};
  const executablePath = known[name].commands.map(onPath).find(Boolean);
  if (!executablePath) return undefined;
  if (name === 'firefox') return { channel: 'moz-firefox', executablePath };
  const features = `--disable-features=${disabledFeatures.join(',')}`;
  return { executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox', features] : [features] };
}

function run(command, ...args) {
  return spawnSync(command, args, { stdio: ['ignore', 2, 2] }).status === 0;
}

/** Finds each browser and installs what is missing; throws, naming the browser, when that fails. */
export async function ensureBrowsers() {
  for (const name of Object.keys(known)) {
    if (await findBrowser(name)) continue;
    console.error(`${name} is not here; installing it`);
    if (process.getuid?.() === 0 && onPath('apt-get')) {
      run('apt-get', 'update', '-qq');
      run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', known[name].pack, 'fonts-dejavu-core');
    }
    if (!(await findBrowser(name))) run('npx', 'playwright', 'install', name);
    if (!(await findBrowser(name))) throw new Error(`${name} could not be installed; install it and try again`);
  }
}
