import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/browsers.mjs';

const chromium = (await findBrowser('chromium')) ?? {};
const { channel, ...firefox } = (await findBrowser('firefox')) ?? {};
const address = 'http://127.0.0.1:4179';

export default defineConfig({
  testDir: 'test/browser',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  reporter: [['list']],
  // A browser that refuses service workers, but for the tests that are about them: what the host sends is what counts.
  use: { baseURL: address, trace: 'retain-on-failure', timezoneId: 'UTC', serviceWorkers: 'block' },
  projects: [
    { name: 'chromium', use: { browserName: 'chromium', launchOptions: chromium } },
    {
      name: 'firefox',
      use: { browserName: 'firefox', ...(channel ? { channel } : {}), launchOptions: firefox },
    },
  ],
  webServer: [
    { command: 'npx vite preview', url: address, env: { PORT: '4179', HOST: '127.0.0.1' } },
    { command: 'npx tsx test/support/serve-plainly.ts 4178', url: 'http://127.0.0.1:4178' },
  ],
});
