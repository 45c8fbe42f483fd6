import { pageLock, pageOpened, takeOver } from '../hosting/edition.ts';
import { isService, registerService } from './page-scripts.ts';
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

  /** Rejects where the browser refuses to keep the page. */
  async start(): Promise<void> {
    // The studio in one file has no script beside it, and a page that is worked on has no service worker.
    const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
    if (!script || !import.meta.env.PROD) return;
    await this.#register(navigator.serviceWorker as ServiceWorkerContainer | undefined, script.src);
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
    const own = (): ServiceWorker | null =>
      container.controller && isService(container.controller) ? container.controller : null;
    const wasControlled = own() !== null;
    const hasActed = watchUser(window);
    const isHeld = holdLock(script);
    // A page that is isolated already has time: what it is made of need not be loaded twice at once.
    if (crossOriginIsolated) await loaded();
    const registration = await registerService(container);
    this.#registration = registration;
    this.#listen(container, registration, own);
    void isHeld.then(() => registration.active?.postMessage(pageOpened));
    if (crossOriginIsolated || wasControlled) return;
    await active(registration);
    if (!hasActed() && claimReload(() => localStorage, location.pathname)) location.reload();
  }

  /** `own` is the service worker that controls the page, but for one of another page around it. */
  #listen(
    container: ServiceWorkerContainer,
    registration: ServiceWorkerRegistration,
    own: () => ServiceWorker | null,
  ): void {
    this.#hasNews = registration.waiting !== null;
    const follow = (): void => {
      const next = registration.installing;
      next?.addEventListener('statechange', () => {
        if (next.state === 'installed' && registration.active) this.#hasNews = true;
      });
    };
    // The browser may have found it already, on its own or for another tab.
    follow();
    registration.addEventListener('updatefound', follow);
    let controller = own();
    container.addEventListener('controllerchange', () => {
      if (this.#isUpdating) return location.reload();
      if (controller) this.#hasNews = true;
      controller = own();
    });
    document.addEventListener('visibilitychange', () => {
      // Without the host there is nothing new.
      if (!document.hidden) registration.update().catch(() => undefined);
    });
  }
}

/** Takes the page's lock as long as it is open, so that what it may still load is kept; never resolves where there are no locks. */
function holdLock(script: string): Promise<void> {
  return new Promise((resolve) => {
    const hold = (): Promise<never> => {
      resolve();
      return new Promise(() => {});
    };
    navigator.locks.request(pageLock(script), { mode: 'shared' }, hold).catch(() => undefined);
  });
}

/** Resolves once that registration answers for its pages; the container's own promise may be about one around it. */
function active(registration: ServiceWorkerRegistration): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (registration.active) resolve();
    };
    registration.installing?.addEventListener('statechange', look);
    registration.waiting?.addEventListener('statechange', look);
    look();
  });
}

function loaded(): Promise<void> {
  if (document.readyState === 'complete') return Promise.resolve();
  return new Promise((resolve) => addEventListener('load', () => resolve(), { once: true }));
}
