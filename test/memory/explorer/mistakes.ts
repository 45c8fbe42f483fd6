import type { Mistake, Operation } from './operation.ts';

/** Stores to the place before the plain writes that it is to publish. */
export function storesTooEarly(place: number): Mistake {
  return () => {
    const late = new Map<number, Operation>();
    return (operation, perform) => {
      if (operation.kind === 'set') {
        late.set(operation.place, operation);
        return 0;
      }
      if (operation.kind === 'get' && late.has(operation.place)) return late.get(operation.place)!.value;
      const answer = perform(operation);
      if (operation.kind === 'store' && operation.place === place) {
        for (const write of late.values()) perform(write);
        late.clear();
      }
      return answer;
    };
  };
}

/** Puts off a store to one place until after the next operation of some kind on another one, or until just before it. */
export function putsOff(place: number, kind: Operation['kind'], other: number, when: 'before' | 'after'): Mistake {
  return () => {
    let late: Operation | undefined;
    return (operation, perform) => {
      if (operation.kind === 'store' && operation.place === place && operation.value !== 0) {
        late = operation;
        return 0;
      }
      const now = late && operation.kind === kind && operation.place === other ? late : undefined;
      if (now) late = undefined;
      if (now && when === 'before') perform(now);
      const answer = perform(operation);
      if (now && when === 'after') perform(now);
      return answer;
    };
  };
}

/** Looks at a counter with a load where a read-modify-write is due. */
export function looksWithLoad(place: number): Mistake {
  return () => (operation, perform) =>
    operation.kind === 'add' && operation.value === 0 && operation.place === place
      ? perform({ ...operation, kind: 'load' })
      : perform(operation);
}

/** Moves a counter once a change, by two, instead of once before it and once after it. */
export function bumpsOnce(place: number, when: 'before' | 'after'): Mistake {
  return () => {
    let bumps = 0;
    return (operation, perform) => {
      if (operation.kind !== 'add' || operation.value === 0 || operation.place !== place) return perform(operation);
      return bumps++ % 2 === (when === 'before' ? 0 : 1) ? perform({ ...operation, value: 2 }) : 0;
    };
  };
}

/** Writes a word plainly that is to be stored. */
export function storesPlainly(place: number): Mistake {
  return () => (operation, perform) =>
    perform(operation.kind === 'store' && operation.place === place ? { ...operation, kind: 'set' } : operation);
}

/** Takes another word for the one that is to be looked at. */
export function looksAt(other: number, insteadOf: number): Mistake {
  return () => (operation, perform) =>
    perform(operation.place === insteadOf ? { ...operation, place: other } : operation);
}

/** Hands room back before it has read what was there. */
export function handsBackEarly(tail: number, from: number, to: number): Mistake {
  return () => {
    let early = 0;
    let taken = 0;
    return (operation, perform) => {
      if (operation.kind === 'get' && operation.place >= from && operation.place < to && early === taken) {
        perform({ kind: 'store', place: tail, value: taken + 1 });
        early++;
      }
      if (operation.kind !== 'store' || operation.place !== tail) return perform(operation);
      taken++;
      return 0;
    };
  };
}

/** Takes what a look at the place would say for granted. */
export function takesForGranted(place: number, kind: Operation['kind'], answer: number, looks = Infinity): Mistake {
  return () => {
    let seen = 0;
    return (operation, perform) =>
      operation.place === place && operation.kind === kind && seen++ < looks ? answer : perform(operation);
  };
}
