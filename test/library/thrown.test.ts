import type { Endpoint } from 'comlink';
import { expose, wrap } from 'comlink';
import { expect, it } from 'vitest';
import { keepCauses } from '../../src/library/thrown.ts';

keepCauses();

async function thrownThrough(value: unknown): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  const api = {
    fail() {
      throw value;
    },
  };
  expose(api, port1 as unknown as Endpoint);
  try {
    await wrap<typeof api>(port2 as unknown as Endpoint).fail();
    return 'nothing was thrown';
  } catch (error) {
    return error;
  } finally {
    port1.close();
  }
}

it('an error keeps its message, name and cause on the way out of a worker', async () => {
  const cause = new DOMException('over', 'QuotaExceededError');
  const error = await thrownThrough(new RangeError('storage is full', { cause }));
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ message: 'storage is full', name: 'RangeError', cause: 'QuotaExceededError: over' });
});

it('an error without a cause gets none', async () => {
  expect(((await thrownThrough(new Error('plain'))) as Error).cause).toBeUndefined();
});

it('what is no error is thrown as it is', async () => {
  expect(await thrownThrough({ code: 7 })).toEqual({ code: 7 });
});
