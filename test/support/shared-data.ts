import { existsSync } from 'node:fs';

const folder = new URL('../../../shared/data/', import.meta.url).pathname;

/** Whether the real bars that some tests need are beside the project. Tests that need them say so and skip without. */
export const hasSharedData = existsSync(folder);

/** Path of a file of the shared data. */
export function sharedData(path: string): string {
  return folder + path;
}
