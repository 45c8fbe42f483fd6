import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/browsers.mjs';
import { isolated, plain, ports } from './test/browser/hosts.ts';

const chromium = (await findBrowser('chromium')) ?? {};
const { channel, ...firefox } = (await findBrowser('firefox')) ?? {};

export default defineConfig({
  testDir: 'test/browser',
  globalSetup: './test/support/temporary-folder.ts',
  fullyParallel: true,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  // Machines that many share stall for seconds. What does not pass the first time is listed as flaky.
  retries: process.env['CI'] ? 2 : 0,
  reporter: [['list']],
  // A browser that refuses service workers, but for the tests that are about them: what the host sends is what counts.
  // A trace costs Firefox as much again as the test: only a second try has one. `--trace on` has one at once.
  use: { baseURL: isolated, trace: 'on-first-retry', timezoneId: 'UTC', serviceWorkers: 'block' },
  projects: [
    { name: 'chromium', use: { browserName: 'chromium', launchOptions: chromium } },
    {
      name: 'firefox',
      use: {
        browserName: 'firefox',
        ...(channel ? { channel } : {}),
        // As its users have it: automation turns connections ahead of a need off, which are a road out.
        launchOptions: { ...firefox, firefoxUserPrefs: { 'network.http.speculative-parallel-limit': 6 } },
      },
    },
  ],
  webServer: [
    { command: 'npx vite preview', url: isolated, env: { PORT: String(ports.isolated), HOST: '127.0.0.1' } },
    { command: `npx tsx test/support/serve-plainly.ts ${ports.plain}`, url: plain },
  ],
});
