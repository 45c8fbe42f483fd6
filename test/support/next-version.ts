import { cp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

/** A copy of a built page as a later build leaves it: every hashed file has another name, and the old names are gone. */
export async function nextVersion(dist: string): Promise<string> {
  const folder = temporaryFolder();
  await cp(dist, folder, { recursive: true });
  const assets = await readdir(join(folder, 'assets'));
  const renamed = (text: string): string =>
    assets
      .reduce((all, name) => all.replaceAll(name, laterName(name)), text)
      .replace(/"version":"/, '"version":"next-');
  for (const name of assets) await rename(join(folder, 'assets', name), join(folder, 'assets', laterName(name)));
  const files = [...assets.map((name) => `assets/${laterName(name)}`), 'index.html', 'service-worker.js'];
  for (const file of files.filter((name) => ['.js', '.css', '.html'].includes(extname(name)))) {
    const path = join(folder, file);
    await writeFile(path, renamed(await readFile(path, 'utf8')));
  }
  return folder;
}

const laterName = (name: string): string => name.replace(/(\.\w+)$/, '-later$1');
