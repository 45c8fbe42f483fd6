import { pageLock, takeOver } from '../hosting/edition.ts';
import { claimReload, watchUser } from './reload-once.ts';

/**
 * The page as its service worker keeps it on this machine: isolated where the host sends no headers, there without the host, and
 * told of new versions. Where a service worker is not to be had the page works without all that, and nothing is said.
 */
export class Installation {
  #registration: ServiceWorkerRegistration | undefined;
  #hasNews = $state.raw(false);
  #isUpdating = false;

  /** A version waits that is newer than this page. */
  get hasNews(): boolean {
    return this.#hasNews;
  }

  async start(): Promise<void> {
    // The studio in one file has no script beside it, and a page that is worked on has no service worker.
    const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
    if (!script || !import.meta.env.PROD) return;
    try {
      await this.#register(navigator.serviceWorker as ServiceWorkerContainer | undefined, script.src);
    } catch (error) {
      console.info('The page is not kept for use without its host:', error);
    }
  }

  /** Lets the new version take over, and reloads this page; others go on as they are. */
  update(): void {
    this.#isUpdating = true;
    const waiting = this.#registration?.waiting;
    if (waiting) waiting.postMessage(takeOver);
    else location.reload();
  }

  dismiss(): void {
    this.#hasNews = false;
  }

  async #register(container: ServiceWorkerContainer | undefined, script: string): Promise<void> {
    if (!container) return;
    const wasControlled = container.controller !== null;
    const hasActed = watchUser(window);
    // Held as long as the page is open, so that what it may still load is kept.
    void navigator.locks.request(pageLock(script), { mode: 'shared' }, () => new Promise(() => {}));
    // A page that is isolated already has time: what it is made of need not be loaded twice at once.
    if (crossOriginIsolated) await loaded();
    const registration = await container.register(new URL('service-worker.js', document.baseURI), {
      updateViaCache: 'none',
    });
    this.#registration = registration;
    this.#listen(container, registration);
    if (crossOriginIsolated || wasControlled) return;
    await container.ready;
    if (!hasActed() && claimReload(() => localStorage, location.pathname)) location.reload();
  }

  #listen(container: ServiceWorkerContainer, registration: ServiceWorkerRegistration): void {
    this.#hasNews = registration.waiting !== null;
    registration.addEventListener('updatefound', () => {
      const next = registration.installing;
      next?.addEventListener('statechange', () => {
        if (next.state === 'installed' && registration.active) this.#hasNews = true;
      });
    });
    let controller = container.controller;
    container.addEventListener('controllerchange', () => {
      if (this.#isUpdating) return location.reload();
      if (controller) this.#hasNews = true;
      controller = container.controller;
    });
    document.addEventListener('visibilitychange', () => {
      // Without the host there is nothing new.
      if (!document.hidden) registration.update().catch(() => undefined);
    });
  }
}

function loaded(): Promise<void> {
  if (document.readyState === 'complete') return Promise.resolve();
  return new Promise((resolve) => addEventListener('load', () => resolve(), { once: true }));
}
