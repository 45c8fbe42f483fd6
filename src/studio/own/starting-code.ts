/** What a new strategy begins with: it runs as it stands. */
export const startingCode = `// Buys when the close rises above its average by more than a band, and sells when it falls back to it.
const params = {
  length: { default: 20, min: 2, max: 500, whole: true, help: 'Bars of the average.', unit: 'bars' },
  band: { default: 0.002, min: 0, max: 0.1, help: 'How far above the average, as a share of the price.' },
  longOnly: true,
};
const warmUpBars = params.length;

// By symbol: a symbol is a place in desk.symbols.
const averages = [];

function start(desk) {
  for (const name of desk.symbols) averages.push(new SimpleAverage(params.length));
}

function bar(desk, symbol) {
  const average = averages[symbol].push(desk.close);
  const held = desk.position(symbol);
  const size = { equity: 1 / desk.symbols.length };
  if (held === 0 && desk.close > average * (1 + params.band)) desk.buy(symbol, { size });
  else if (held > 0 && desk.close < average) desk.closePosition(symbol);
  if (params.longOnly) return;
  if (held === 0 && desk.close < average * (1 - params.band)) desk.sell(symbol, { size });
  else if (held < 0 && desk.close > average) desk.closePosition(symbol);
}
`;
