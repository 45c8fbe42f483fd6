/// <reference lib="webworker" />
import { strategyOf } from '../src/strategy/plan-strategy.ts';
import { runServer } from './serve-run.ts';

declare const self: DedicatedWorkerGlobalScope;

self.onmessage = runServer(({ strategy, symbols }) => strategy && strategyOf(strategy, symbols.length));
