import { expect, test } from 'vitest';
import { read, stressLimits, stressTask, stressText } from '../support/stress.ts';
import { answer, thread } from '../support/threads.ts';

test('checked reads beside a writer at full speed are whole; bars rewritten in place without a protocol are not', async () => {
  const task = stressTask();
  const writer = thread('stress-thread.ts', task);
  try {
    expect(await answer(writer)).toBe('running');
    const { reads, seconds } = stressLimits();
    const found = read(task, reads, seconds);
    console.log(stressText('Node', found));
    expect(found.torn).toBe(0);
    expect(found.reads).toBeGreaterThan(1e6);
    expect(found.metrics).toBeGreaterThan(100);
    expect(found.sessions).toBeGreaterThan(100);
    expect(found.controlTorn, 'bars of the control that were torn').toBeGreaterThan(0);
    Atomics.store(new Int32Array(task.stop), 0, 1);
    expect(await answer(writer)).toBe('done');
  } finally {
    await writer.terminate();
  }
}, 600_000);
