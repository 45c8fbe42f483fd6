import Coordinator from '../../workers/coordinator.ts?worker';
import Library from '../../workers/library.ts?worker';
import Sweep from '../../workers/sweep.ts?worker';
import Upkeep from '../../workers/upkeep.ts?worker';

/** The page's workers, made here alone: a hosted page loads their files, the one file has them within itself. */
export function coordinatorWorker(): Worker {
  return new Coordinator({ name: 'coordinator' });
}

export function libraryWorker(): Worker {
  return new Library({ name: 'library' });
}

export function upkeepWorker(): Worker {
  return new Upkeep({ name: 'upkeep' });
}

export function sweepWorker(): Worker {
  return new Sweep({ name: 'sweep' });
}
