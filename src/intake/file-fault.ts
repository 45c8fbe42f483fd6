/** What is wrong with a file, as a sentence that its name goes in front of: `is empty; …`. */
export class FileFault extends Error {}

/** Runs work on a file, and makes its faults errors that name it. Other errors pass. */
export async function inFile<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FileFault) throw new Error(`${name} ${error.message}`, { cause: error.cause });
    throw error;
  }
}
