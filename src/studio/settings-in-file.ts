/** The settings that a file has, as JSON: those of a configuration, or those that the report of a run was made with. */
export function settingsInFile(json: unknown): unknown {
  const isReport = isObject(json) && isObject(json['app']) && json['app']['name'] === 'tapedeck';
  return isReport && 'config' in json ? json['config'] : json;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
