import { MemoryStore } from '../../src/library/memory-store.ts';
import type { ChosenFile } from '../../src/library/chosen-file.ts';
import { createLibraryService, type LibraryService, type LibrarySurroundings } from '../../src/library/service.ts';
import { keeping } from './made-bars.ts';

type Tail<Call> = Call extends (first: string, ...rest: infer Rest) => unknown ? Rest : never;

/** A library in memory with its service; calls of `service` take files, which the page gives right before them. */
export function openedLibrary(surroundings: Partial<LibrarySurroundings> = {}) {
  const store = new MemoryStore();
  const { now, newId } = keeping();
  const plain = { now, newId, locks: Promise.resolve(undefined), storage: undefined, changed: () => undefined };
  const service = createLibraryService(store, { ...plain, ...surroundings });
  const withFiles = {
    preview(files: readonly ChosenFile[], ...rest: Parameters<LibraryService['preview']>) {
      service.giveFiles(files, 0);
      return service.preview(...rest);
    },
    importFiles(files: readonly ChosenFile[], ...rest: Parameters<LibraryService['importFiles']>) {
      service.giveFiles(files, 0);
      return service.importFiles(...rest);
    },
    appendFiles(target: string, files: readonly ChosenFile[], ...rest: Tail<LibraryService['appendFiles']>) {
      service.giveFiles(files, 0);
      return service.appendFiles(target, ...rest);
    },
  };
  return { store, asThePageCallsIt: service, service: { ...service, ...withFiles } };
}
