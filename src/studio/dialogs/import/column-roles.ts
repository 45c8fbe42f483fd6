/** The roles after column `at` was given one: a column that had it before gets what this one had. */
export function withRole(roles: readonly string[], at: number, role: string): string {
  const before = roles[at] ?? '';
  const next = roles.map((each, i) => (i !== at && role !== '' && each === role ? before : each));
  next[at] = role;
  return next.join(',');
}

/** What a column is called: its name, and its place where it has none or another has the same. */
export function columnName(headers: readonly string[], at: number): string {
  const name = headers[at]!.trim();
  if (name === '') return String(at + 1);
  return headers.filter((each) => each.trim() === name).length > 1 ? `${name} (${at + 1})` : name;
}
