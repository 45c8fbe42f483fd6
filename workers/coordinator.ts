import { strategyOf } from '../src/strategy/plan-strategy.ts';
import { serveRun } from './serve-run.ts';

serveRun(({ strategy, symbols }) => strategy && strategyOf(strategy, symbols.length));
