import { transferHandlers } from 'comlink';

/** An error as data: what comlink's other side makes an Error of again, with these properties. */
interface ThrownError {
  readonly isError: true;
  readonly value: { message: string; name: string; stack: string | undefined; cause: string | undefined };
}

/**
 * Lets errors keep their causes on the way out of a worker; comlink alone drops them. Call once in the worker, before
 * `expose`. On the page `error.cause` is then a text such as `QuotaExceededError: …`.
 */
export function keepCauses(): void {
  const plain = transferHandlers.get('throw')!;
  transferHandlers.set('throw', {
    ...plain,
    serialize(thrown: unknown): [unknown, Transferable[]] {
      const { value } = thrown as { value: unknown };
      return value instanceof Error ? [asData(value), []] : plain.serialize(thrown);
    },
  });
}

function asData(error: Error): ThrownError {
  const { message, name, stack, cause } = error;
  return { isError: true, value: { message, name, stack, cause: cause === undefined ? undefined : causeText(cause) } };
}

function causeText(cause: unknown): string {
  return cause instanceof Error || cause instanceof DOMException ? `${cause.name}: ${cause.message}` : String(cause);
}
