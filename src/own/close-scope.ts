import { exactMath, languageNames, localeMethods } from './globals.ts';
import { indicators } from './indicators.ts';

/**
 * Closes the scope of a worker before own code runs in it. What stays is the language: everything else that the scope or what it
 * inherits from has is deleted (network, storage, messages, clocks, timers, other workers), and so are the constructors that make
 * code from text. What asks for the user's language goes too. What is left is frozen, so that own code cannot change what the engine beside it calls. There is no way back:
 * nothing in the language gives a name back that was deleted. The engine itself holds what it needs in variables of its own (the
 * build puts them ahead of it, see worker-text.config.ts). `given` is what own code is handed besides.
 *
 * Throws when something of the scope cannot be removed: the worker then runs nothing.
 */
export function closeScope(scope: object, given: readonly object[]): void {
  for (let at: object | null = scope; at && !isShared(at); at = Object.getPrototypeOf(at) as object | null)
    for (const key of Reflect.ownKeys(at)) {
      if (at === scope && typeof key === 'string' && languageNames.includes(key)) continue;
      if (!Reflect.deleteProperty(at, key) && !isConstant(at, key))
        throw new Error(`${String(key)} cannot be taken out of the scope of own code`);
    }
  Object.defineProperty(scope, 'Math', { value: exact(), writable: false, configurable: false });
  for (const make of codeMakers()) Reflect.deleteProperty(Object.getPrototypeOf(make) as object, 'constructor');
  allowNames();
  const roots = languageNames.map((name) => Reflect.get(scope, name) as unknown);
  closeAll([...roots, ...Object.values(indicators), ...given, ...hidden()]);
}

/** A number that stays can do nothing. */
function isConstant(at: object, key: PropertyKey): boolean {
  return typeof Object.getOwnPropertyDescriptor(at, key)?.value === 'number';
}

/** What ports and others inherit too stays as it is. */
function isShared(at: object): boolean {
  return at === Object.prototype || at.constructor?.name === 'EventTarget';
}

/** `Math` with what has the same bits in every engine. */
function exact(): object {
  const all = Object.getOwnPropertyDescriptors(Math) as Record<string, PropertyDescriptor>;
  return Object.create(Object.prototype, Object.fromEntries(exactMath.map((name) => [name, all[name]!]))) as object;
}

/** A function of each kind that has a constructor of its own. */
function codeMakers(): readonly object[] {
  return [function () {}, async function () {}, function* () {}, async function* () {}];
}

/** What the language makes without a name. */
function hidden(): readonly object[] {
  return [
    ...codeMakers(),
    [].values(),
    new Map().entries(),
    new Set().values(),
    ''[Symbol.iterator](),
    ''.matchAll(/x/g),
    (function* () {})(),
  ].flatMap((each) => [
    Object.getPrototypeOf(each) as object,
    Object.getPrototypeOf(Object.getPrototypeOf(each)) as object,
  ]);
}

/** An error may have a name of its own, as an assignment writes it, also when the one that it inherits is frozen. */
function allowNames(): void {
  for (const { prototype } of [
    Error,
    TypeError,
    RangeError,
    SyntaxError,
    EvalError,
    URIError,
    ReferenceError,
    AggregateError,
  ])
    for (const key of ['name', 'message']) {
      const value: unknown = Reflect.get(prototype, key);
      Object.defineProperty(prototype, key, {
        get: () => value,
        set(this: object, own: unknown) {
          Object.defineProperty(this, key, { value: own, writable: true, enumerable: false, configurable: true });
        },
        configurable: false,
      });
    }
}

/** Freezes everything that can be reached from some objects by properties and prototypes, and takes out of it what asks for the user's language. */
function closeAll(roots: readonly unknown[]): void {
  const found = new Set<object>();
  const open = [...roots];
  while (open.length > 0) {
    const at = open.pop();
    if ((typeof at !== 'object' && typeof at !== 'function') || at === null || found.has(at)) continue;
    found.add(at);
    open.push(Object.getPrototypeOf(at));
    for (const method of localeMethods) Reflect.deleteProperty(at, method);
    for (const { value, get, set } of Object.values(Object.getOwnPropertyDescriptors(at)) as PropertyDescriptor[])
      open.push(value, get, set);
    Object.freeze(at);
  }
}
