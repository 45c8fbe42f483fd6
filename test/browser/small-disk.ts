import type {
  LaunchOptions,
  Page,
  PlaywrightTestArgs,
  PlaywrightWorkerArgs,
  PlaywrightWorkerOptions,
} from '@playwright/test';

type Fixtures = Pick<
  PlaywrightTestArgs & PlaywrightWorkerArgs & PlaywrightWorkerOptions,
  'playwright' | 'browserName' | 'launchOptions' | 'channel'
>;

/** A page of a browser of its own that has room for some two or three megabytes at the address. Close its browser after use. */
export async function smallDiskPage(
  { playwright, browserName, launchOptions, channel }: Fixtures,
  address: string,
): Promise<Page> {
  const options: LaunchOptions = { ...launchOptions, ...(channel ? { channel } : {}) };
  if (browserName !== 'chromium') {
    const limitKilobytes = 3_072;
    const firefoxUserPrefs = { 'dom.quotaManager.temporaryStorage.fixedLimit': limitKilobytes };
    return (await playwright.firefox.launch({ ...options, firefoxUserPrefs })).newPage();
  }
  const page = await (await playwright.chromium.launch(options)).newPage();
  // Before the first write: Chromium remembers for a while how much room there was.
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(address).origin, quotaSize: 2_000_000 });
  return page;
}
