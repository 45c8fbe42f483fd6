import type { ChosenFile } from '../library/chosen-file.ts';
import type { Manifest } from '../library/manifest.ts';

/** Something that is to be done with datasets; a dialog asks for the rest. */
export type DatasetTask =
  | {
      readonly what: 'append' | 'cut' | 'repair' | 'export' | 'symbols' | 'origins' | 'adjustments';
      readonly dataset: Manifest;
    }
  | { readonly what: 'unite'; readonly dataset?: Manifest }
  | { readonly what: 'save' }
  | { readonly what: 'open'; readonly file?: ChosenFile };
