/** A CacheStorage in memory, of as much as a shelf of editions uses. */
export class FakeCaches {
  readonly held = new Map<string, Map<string, Response>>();

  async open(name: string): Promise<Pick<Cache, 'put'>> {
    const entries = this.held.get(name) ?? new Map<string, Response>();
    this.held.set(name, entries);
    return {
      put: async (url, response) => {
        entries.set(String(url), response);
      },
    };
  }

  async match(url: string, { cacheName }: { cacheName: string }): Promise<Response | undefined> {
    return this.held.get(cacheName)?.get(url)?.clone();
  }

  async keys(): Promise<string[]> {
    return [...this.held.keys()];
  }

  async delete(name: string): Promise<boolean> {
    return this.held.delete(name);
  }
}
