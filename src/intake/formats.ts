import type { Format } from './format.ts';
import { alpaca } from './formats/alpaca.ts';
import { alphaVantage } from './formats/alpha-vantage.ts';
import { backtrader } from './formats/backtrader.ts';
import { binance } from './formats/binance.ts';
import { coinbase } from './formats/coinbase.ts';
import { cryptoDataDownload } from './formats/cryptodatadownload.ts';
import { databento } from './formats/databento.ts';
import { dukascopy } from './formats/dukascopy.ts';
import { finam } from './formats/finam.ts';
import { firstRate } from './formats/firstrate.ts';
import { histData } from './formats/histdata.ts';
import { histDataTicks } from './formats/histdata-ticks.ts';
import { interactiveBrokers } from './formats/interactive-brokers.ts';
import { kibot } from './formats/kibot.ts';
import { kraken } from './formats/kraken.ts';
import { lean } from './formats/lean.ts';
import { leanHours } from './formats/lean-hours.ts';
import { leanQuotes } from './formats/lean-quotes.ts';
import { metaTrader4 } from './formats/metatrader-4.ts';
import { metaTrader5 } from './formats/metatrader-5.ts';
import { ninjaTrader } from './formats/ninjatrader.ts';
import { polygon } from './formats/polygon.ts';
import { sierraChart } from './formats/sierra-chart.ts';
import { stooq } from './formats/stooq.ts';
import { tapedeckParquet } from './formats/tapedeck-parquet.ts';
import { tapedeck } from './formats/tapedeck.ts';
import { tradeStation } from './formats/tradestation.ts';
import { tradingView } from './formats/tradingview.ts';
import { wideCsv } from './formats/wide-csv.ts';
import { yahoo } from './formats/yahoo.ts';
import { yfinance } from './formats/yfinance.ts';
import { plainCsv } from './formats/plain-csv.ts';

/** The layouts that are known, the more particular before those that look like them, any CSV last. */
export const formats: readonly Format[] = [
  tapedeck,
  tapedeckParquet,
  yfinance,
  yahoo,
  polygon,
  databento,
  alpaca,
  binance,
  coinbase,
  kraken,
  cryptoDataDownload,
  metaTrader5,
  stooq,
  finam,
  histData,
  histDataTicks,
  metaTrader4,
  ninjaTrader,
  lean,
  leanHours,
  leanQuotes,
  kibot,
  dukascopy,
  sierraChart,
  tradeStation,
  backtrader,
  interactiveBrokers,
  tradingView,
  firstRate,
  alphaVantage,
  wideCsv,
  plainCsv,
];
