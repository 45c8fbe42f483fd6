import { briefLine, type ScriptLine } from '../strategy/script.ts';
import type { RunPlan } from './plan.ts';

/** The plan of a scripted run with other orders: what it computes is what its configuration then says. */
export function withOrders(plan: RunPlan, orders: readonly ScriptLine[]): RunPlan {
  const { config, strategy } = plan;
  if (!config.strategy || !strategy) return plan;
  const params = { ...config.strategy.params, orders: orders.map(briefLine) };
  return {
    ...plan,
    config: { ...config, strategy: { ...config.strategy, params } },
    strategy: { ...strategy, params: { ...strategy.params, orders } },
  };
}
