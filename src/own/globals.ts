/** The names of the language that own code may use; nothing else is in its scope but what it declares and is given. */
export const languageNames: readonly string[] = [
  ...['undefined', 'NaN', 'Infinity', 'isNaN', 'isFinite', 'parseInt', 'parseFloat'],
  ...['Object', 'Array', 'Number', 'String', 'Boolean', 'BigInt', 'Symbol', 'Math', 'JSON', 'RegExp', 'Reflect'],
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'Error', 'TypeError', 'RangeError', 'SyntaxError', 'EvalError', 'URIError'],
  ...['ReferenceError', 'AggregateError', 'ArrayBuffer', 'DataView'],
  ...['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array'],
  ...['Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array'],
];

/** What of `Math` has the same bits in every engine. */
export const exactMath: readonly string[] = [
  ...['E', 'LN10', 'LN2', 'LOG10E', 'LOG2E', 'PI', 'SQRT1_2', 'SQRT2'],
  ...['abs', 'ceil', 'clz32', 'floor', 'fround', 'imul', 'max', 'min', 'round', 'sign', 'sqrt', 'trunc'],
];

/** Methods whose answers depend on the user's language, which a result must not. */
export const localeMethods: readonly string[] = [
  ...['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString', 'toLocaleLowerCase', 'toLocaleUpperCase'],
  'localeCompare',
];

const network = 'own code has no network';
const storage = 'own code has no storage';
const clock =
  'a result may not depend on when it is computed; desk.now, desk.start and desk.end are the times of the market';
const instead: Readonly<Record<string, string>> = {
  fetch: network,
  XMLHttpRequest: network,
  WebSocket: network,
  WebTransport: network,
  EventSource: network,
  importScripts: network,
  navigator: network,
  indexedDB: storage,
  caches: storage,
  localStorage: storage,
  sessionStorage: storage,
  Date: clock,
  performance: clock,
  Intl: 'it answers differently by engine',
  eval: 'code is not made from text',
  Function: 'code is not made from text',
  setTimeout: 'a hook is called and comes back; nothing happens later',
  setInterval: 'a hook is called and comes back; nothing happens later',
  Promise: 'a hook is called and comes back; nothing happens later',
  Worker: 'own code runs in one worker, which is there already',
  BroadcastChannel: 'own code talks to nobody',
  postMessage: 'own code talks to nobody',
  console: 'throw an Error to see a value: it is shown at its line',
  document: 'own code has no page',
  window: 'own code has no page',
};

/** Why a name is not there, in words. */
export function whyNot(name: string): string {
  const reason = Object.hasOwn(instead, name) ? instead[name] : undefined;
  return reason === undefined ? `${name} is not defined` : `${name} is not there: ${reason}`;
}
