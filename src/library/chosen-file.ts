/** A file that the user chose. */
export interface ChosenFile {
  /** Its name; of a file in a folder that was chosen, the path from that folder on, which begins with the folder's name. */
  readonly path: string;
  readonly file: File;
}
