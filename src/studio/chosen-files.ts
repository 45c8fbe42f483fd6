import type { ChosenFile } from '../library/chosen-file.ts';

/** The files that an input has, those of a folder in the order of their paths. */
export function filesOf(input: HTMLInputElement): ChosenFile[] {
  return inOrder([...(input.files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
}

/**
 * The files that were dropped, with those of folders in the order of their paths. Is to be called while the event is handled, as the
 * browser forgets what was dropped. Rejects when a folder cannot be read.
 */
export async function filesDropped({ items, files }: DataTransfer): Promise<ChosenFile[]> {
  const entries = [...items].flatMap((item) => (item.kind === 'file' ? [item.webkitGetAsEntry()] : []));
  const plain = [...files].map((file) => ({ path: file.name, file }));
  if (!entries.some((entry) => entry?.isDirectory)) return plain;
  const found: ChosenFile[] = [];
  for (const entry of entries) if (entry) await walk(entry, entry.name, found);
  return inOrder(found);
}

async function walk(entry: FileSystemEntry, path: string, found: ChosenFile[]): Promise<void> {
  if (isFile(entry)) {
    found.push({ path, file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)) });
    return;
  }
  if (!isFolder(entry)) return;
  const reader = entry.createReader();
  for (;;) {
    // Browsers give some hundred entries at a time, and none at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const each of some) await walk(each, `${path}/${each.name}`, found);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** Files that were chosen one by one stay as they were chosen; the first names the dataset. */
function inOrder(files: readonly ChosenFile[]): ChosenFile[] {
  if (!files.some(({ path }) => path.includes('/'))) return [...files];
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
