import { countText, type HonestyCheck, type HonestyInput } from './check.ts';

/** Events a variable below which estimates are unreliable: Peduzzi et al., Journal of Clinical Epidemiology 49, 1996. */
const threshold = 10;

/** How many trades there are for each parameter that could be chosen: with few, any result can be had by choosing. */
export function parametersAgainstTrades({ trades, parameters }: HonestyInput): HonestyCheck {
  const value = parameters === 0 ? trades.length : trades.length / parameters;
  return {
    id: 'parameters',
    title: 'Trades for each parameter',
    value,
    unit: 'trades',
    of: 'closed trades a parameter',
    threshold,
    doubtfulWhen: 'below',
    doubtful: parameters > 0 && value < threshold,
    sentence:
      parameters === 0
        ? `The strategy has no parameter, and ${countText(trades.length, 'closed trade')}.`
        : `${countText(trades.length, 'closed trade')} for ${countText(parameters, 'parameter')}: ${value.toFixed(1)} for each. Below ` +
          `${threshold}, parameters can be chosen to fit any luck.`,
    trades: [],
    otherProfit: null,
  };
}
