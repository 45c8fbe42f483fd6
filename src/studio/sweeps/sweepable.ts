import type { Param } from '../../strategy/definition.ts';

/** A parameter that a sweep can try: a number in a range, or one of few values. */
export function isSweepable({ kind }: Param<unknown>): boolean {
  return isNumber(kind) || kind.name === 'switch' || (kind.name === 'choice' && (kind.choices?.length ?? 0) > 1);
}

export function isNumber({ name }: Param<unknown>['kind']): boolean {
  return name === 'whole' || name === 'number';
}
