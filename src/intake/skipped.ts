/** A file of a folder or an archive that is not read. */
export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
}

/** What packers, systems and vendors put beside data. */
const others: readonly (readonly [path: RegExp, reason: string])[] = [
  [/(?:^|\/)__MACOSX(?:\/|$)/, 'macOS wrote it beside the files'],
  [/(?:^|\/)\.[^/]/, 'it is hidden'],
  [/(?:^|\/)(?:thumbs\.db|desktop\.ini)$/i, 'the system wrote it beside the files'],
  [/\.(?:checksum|md5|sfv|sha\d+(?:sum)?)$/i, 'it is a checksum'],
  [/(?:^|\/)_?(?:read[-_ ]?me|licen[cs]e|notice|changelog|disclaimer|terms)(?![a-z])[^/]*$/i, 'it is about the files'],
];
/** Names of files that hold no bars, quotes or ticks as text. Other unknown names may hold them: `BRK.B` is one. */
const otherFormats =
  /\.(7z|bin|bmp|cfg|cs|db|dll|docx?|exe|feather|gif|h5|hdf5?|html?|ini|ipynb|jpe?g|js|json|log|md|npy|npz|ods|pdf|pkl|png|py|r|rar|rst|rtf|sh|sql|sqlite|svg|tar|toml|ts|xlsx?|xml|ya?ml)$/i;

/**
 * Why a file of a folder or an archive is not read, by its path there; undefined when it is. `has` tells of the other paths, in lower
 * case.
 */
export function skipReason(path: string, has: (path: string) => boolean): string | undefined {
  if (path.endsWith('/')) return 'it is a folder';
  const [, reason] = others.find(([names]) => names.test(path)) ?? [];
  if (reason !== undefined) return reason;
  const [, format] = otherFormats.exec(path) ?? [];
  if (format !== undefined) return `.${format} files are not read`;
  // HistData's archives have such a report of gaps.
  if (/\.txt$/i.test(path) && has(path.toLowerCase().replace(/\.txt$/, '.csv')))
    return 'it is beside a CSV of the same name';
  return undefined;
}
