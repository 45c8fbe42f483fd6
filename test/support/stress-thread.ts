import { parentPort, workerData } from 'node:worker_threads';
import { write, type StressTask } from './stress.ts';

parentPort!.postMessage('running');
write(workerData as StressTask);
parentPort!.postMessage('done');
