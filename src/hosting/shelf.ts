import type { Edition } from './edition.ts';
import { closed } from './headers.ts';

/** The caches of one page's folder, one an edition. The origin may hold other pages with caches of their own. */
export class Shelf {
  private readonly caches: CacheStorage;
  private readonly folder: string;
  private readonly download: (url: string, fresh: boolean) => Promise<Response>;

  /** `folder` is the address of the page's folder, with a slash at its end; a fresh download passes the browser's cache by. */
  constructor(caches: CacheStorage, folder: string, download: (url: string, fresh: boolean) => Promise<Response>) {
    this.caches = caches;
    this.folder = folder;
    this.download = download;
  }

  /** Puts an edition on the shelf, whole or not at all. Rejects when a file of it cannot be had from the host. */
  async add(edition: Edition): Promise<void> {
    const name = this.nameOf(edition.version);
    try {
      const cache = await this.caches.open(name);
      await Promise.all(
        edition.files.map(async (file) => {
          const url = this.folder + file;
          await cache.put(url, closed((await this.kept(file)) ?? (await this.fetched(file, edition))));
        }),
      );
    } catch (error) {
      await this.caches.delete(name);
      throw error;
    }
  }

  /** A file by its address, of the edition if it has one of that name, else of any edition that is still here. */
  async find(url: string, version: string): Promise<Response | undefined> {
    const own = this.nameOf(version);
    for (const name of [own, ...(await this.names()).filter((other) => other !== own)]) {
      const found = await this.caches.match(url, { cacheName: name });
      if (found) return found;
    }
    return undefined;
  }

  /** Throws editions away, but for the one of that version and those that hold one of the scripts in use. */
  async clear(version: string, inUse: readonly string[]): Promise<void> {
    for (const name of await this.names()) {
      if (name === this.nameOf(version)) continue;
      const found = await Promise.all(inUse.map((url) => this.caches.match(url, { cacheName: name })));
      if (!found.some(Boolean)) await this.caches.delete(name);
    }
  }

  private nameOf(version: string): string {
    return `tapedeck ${this.folder} ${version}`;
  }

  private async names(): Promise<string[]> {
    return (await this.caches.keys()).filter((name) => name.startsWith(this.nameOf('')));
  }

  /** From an edition that is here already; only names that are hashes of what is in them say that it is the same. */
  private async kept(file: string): Promise<Response | undefined> {
    return isHashed(file) ? this.find(this.folder + file, '') : undefined;
  }

  private async fetched(file: string, edition: Edition): Promise<Response> {
    const response = await this.download(this.folder + file, !isHashed(file));
    if (!response.ok) throw new Error(`${this.folder}${file} was answered with ${response.status}`);
    const isText = response.headers.get('Content-Type')?.includes('text/html') ?? false;
    // Hosts that answer every address with the page would put it in the place of a script that is gone.
    if (isText !== (file === '')) throw new Error(`${this.folder}${file} is not what it was built as`);
    // In the midst of a deployment the page may be of another edition than its service worker.
    if (file === '' && !(await response.clone().text()).includes(edition.entry))
      throw new Error(`${this.folder} is of another edition than ${edition.version}`);
    return response;
  }
}

const isHashed = (file: string): boolean => file.startsWith('assets/');
