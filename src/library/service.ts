import type { Audit } from '../intake/audit.ts';
import type { Manifest } from './manifest.ts';

/** How far an import is. `totalBytes` are bytes on disk, before decompression. */
export interface ImportProgress {
  readonly file: string;
  readonly bytes: number;
  readonly totalBytes: number;
  readonly bars: number;
  readonly stage: 'reading' | 'sorting' | 'storing';
}
export interface ImportSummary {
  readonly manifest: Manifest;
  /** The same bars were here already under this name; nothing was stored. */
  readonly existing: boolean;
  readonly audits: readonly Audit[];
}
