import type { Format } from './format.ts';
import { plainCsv } from './formats/plain-csv.ts';

/** The layouts that are known, the more particular before those that look like them, any CSV last. */
export const formats: readonly Format[] = [plainCsv];
