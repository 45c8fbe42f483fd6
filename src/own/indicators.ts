import { AverageTrueRange } from '../strategy/indicators/average-true-range.ts';
import { BollingerBands } from '../strategy/indicators/bollinger-bands.ts';
import { CommodityChannel } from '../strategy/indicators/commodity-channel.ts';
import { ConvergenceDivergence } from '../strategy/indicators/convergence-divergence.ts';
import { Deviation } from '../strategy/indicators/deviation.ts';
import { DirectionalMovement } from '../strategy/indicators/directional-movement.ts';
import { DonchianChannel } from '../strategy/indicators/donchian-channel.ts';
import { ExponentialAverage } from '../strategy/indicators/exponential-average.ts';
import { KeltnerChannel } from '../strategy/indicators/keltner-channel.ts';
import { MoneyFlow } from '../strategy/indicators/money-flow.ts';
import { OnBalanceVolume } from '../strategy/indicators/on-balance-volume.ts';
import { OpeningRange } from '../strategy/indicators/opening-range.ts';
import { PreviousLevels } from '../strategy/indicators/previous-levels.ts';
import { RateOfChange } from '../strategy/indicators/rate-of-change.ts';
import { RelativeStrength } from '../strategy/indicators/relative-strength.ts';
import { RollingExtreme } from '../strategy/indicators/rolling-extreme.ts';
import { RollingSum } from '../strategy/indicators/rolling-sum.ts';
import { RollingVwap } from '../strategy/indicators/rolling-vwap.ts';
import { SessionVwap } from '../strategy/indicators/session-vwap.ts';
import { SimpleAverage } from '../strategy/indicators/simple-average.ts';
import { StandardScore } from '../strategy/indicators/standard-score.ts';
import { Stochastic } from '../strategy/indicators/stochastic.ts';
import { TrueRange } from '../strategy/indicators/true-range.ts';
import { WeightedAverage } from '../strategy/indicators/weighted-average.ts';
import { WilderAverage } from '../strategy/indicators/wilder-average.ts';

/** The indicators that own code is given, by the names that it uses. */
export const indicators = {
  SimpleAverage,
  ExponentialAverage,
  WeightedAverage,
  WilderAverage,
  RelativeStrength,
  ConvergenceDivergence,
  AverageTrueRange,
  TrueRange,
  DirectionalMovement,
  BollingerBands,
  KeltnerChannel,
  DonchianChannel,
  Stochastic,
  CommodityChannel,
  MoneyFlow,
  OnBalanceVolume,
  SessionVwap,
  RollingVwap,
  RateOfChange,
  Deviation,
  StandardScore,
  RollingExtreme,
  RollingSum,
  OpeningRange,
  PreviousLevels,
} as const;

export const indicatorNames: readonly string[] = Object.keys(indicators);
