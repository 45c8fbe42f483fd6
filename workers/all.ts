/** All workers of the page as one script, for the one file: what they share is in it once. A worker is what its name says. */
const workers: Readonly<Record<string, () => Promise<unknown>>> = {
  coordinator: () => import('./coordinator.ts'),
  library: () => import('./library.ts'),
  sweep: () => import('./sweep.ts'),
  upkeep: () => import('./upkeep.ts'),
};

// What fails while it begins is an error of the worker, as in a script of its own.
workers[self.name]!().catch(reportError);

export {};
