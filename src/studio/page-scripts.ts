import coordinator from '../../workers/coordinator.ts?worker&url';
import library from '../../workers/library.ts?worker&url';
import sweep from '../../workers/sweep.ts?worker&url';
import upkeep from '../../workers/upkeep.ts?worker&url';
import { scriptPolicy } from '../hosting/script-policy.ts';
import { trustedPolicy } from './trusted-policy.ts';

const workers = { coordinator, library, sweep, upkeep };
const serviceWorker = (): string => new URL('service-worker.js', document.baseURI).href;

/** The workers that may be started beside the page. */
const allowed = new Set(Object.values(workers));

const policy = trustedPolicy(scriptPolicy, {
  createScriptURL(address: string) {
    if (!allowed.has(address) && address !== serviceWorker())
      throw new TypeError(`${address} is no script of this page`);
    return address;
  },
});

const trusted = (address: string): string => policy?.createScriptURL(address) ?? address;

export function startWorker(name: keyof typeof workers): Worker {
  return start(workers[name], name);
}

/** A worker whose script is that text. */
export function startText(text: string, name: string): Worker {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  allowed.add(address);
  try {
    return start(address, name);
  } finally {
    // The worker has taken hold of it.
    allowed.delete(address);
    URL.revokeObjectURL(address);
  }
}

/** What is made of text is a classic script, also in the one file: from `file://` no worker may be a module. */
function start(address: string, name: string): Worker {
  return new Worker(trusted(address), { name, type: address.startsWith('blob:') ? 'classic' : 'module' });
}

/** Registers the service worker that lies beside the page. */
export function registerService(container: ServiceWorkerContainer): Promise<ServiceWorkerRegistration> {
  return container.register(trusted(serviceWorker()), { updateViaCache: 'none' });
}

/** Whether that is the page's service worker, and not one of another page around it. */
export const isService = (worker: ServiceWorker): boolean => worker.scriptURL === serviceWorker();
