import type { LaunchOptions } from '@playwright/test';

export function findBrowser(name: 'chromium' | 'firefox'): Promise<(LaunchOptions & { channel?: string }) | undefined>;
export function ensureBrowsers(): Promise<void>;
