import type { CommandExample, FileExample, RefusedExample, RunExample, StrategyExample } from './example.ts';

export const minutes: FileExample = {
  title: 'Bars of a minute on the wall clock of New York',
  kind: 'file',
  file: 'SPY.csv',
  text: `time,open,high,low,close,volume
2024-11-25 09:30,597.52,598.10,597.40,597.95,1204300
2024-11-25 09:31,597.95,598.02,597.61,597.70,402100
2024-11-25 09:31,597.95,598.02,597.61,597.70,402100
2024-11-25 09:33,597.88,598.20,597.80,598.11,388700
`,
  gives: { format: 'plain CSV', bars: 3, interval: '1m', from: '2024-11-25T14:30:00Z', duplicates: 1, rejected: 0 },
};

export const days: FileExample = {
  title: 'Days in the layout of a vendor',
  kind: 'file',
  file: 'SPY_days.csv',
  text: `Date,Open,High,Low,Close,Adj Close,Volume
2024-11-25,599.52,600.86,595.20,597.53,590.12,42441400
2024-11-26,598.80,601.33,598.07,600.65,593.20,45621300
2024-11-27,600.46,597.28,600.85,598.83,591.40,34000200
2024-11-29,599.66,603.55,599.38,602.55,595.08,30177400
`,
  gives: { format: 'Yahoo Finance', bars: 3, interval: '1d', from: '2024-11-25T05:00:00Z', duplicates: 0, rejected: 1 },
};

export const filledSample: RunExample = {
  title: 'The sample, its gaps filled from its backup',
  kind: 'configuration',
  text: '{ "data": { "dataset": "sample", "fillFrom": ["backup"] } }',
  gives: {
    sessions: 25,
    filled: 1140,
    missing: 990,
    trades: 0,
    fingerprint: 'sha256:9e2b37d6e1de975f03abf9be8ceb2e219a5bf76cc2659c255745c8535dbfd0e6',
  },
};

export const brokenFeed: RunExample = {
  title: 'A feed that is broken on purpose',
  kind: 'configuration',
  text: `{ "data": { "dataset": "sample", "from": "2024-11-25", "to": "2024-11-27",
            "fillFrom": ["sample"] },
  "feed": { "seed": 7, "dropRate": 0.05 } }`,
  gives: {
    sessions: 3,
    filled: 168,
    missing: 248,
    trades: 0,
    fingerprint: 'sha256:230ecfcf5bf995c2030f481639aa610af29c8a416e27313618b225451a66770c',
  },
};

export const unmendedFeed: RunExample = {
  title: 'The same feed without upkeep',
  kind: 'configuration',
  text: `{ "data": { "dataset": "sample", "from": "2024-11-25", "to": "2024-11-27" },
  "feed": { "seed": 7, "dropRate": 0.05 }, "upkeep": { "enabled": false } }`,
  gives: {
    sessions: 3,
    filled: 0,
    missing: 416,
    trades: 0,
    fingerprint: 'sha256:01bae2dc2d6c7d03280b9c453e4de056286469943e5c35470ea66c9f89ac1069',
  },
};

export const ownHours: RunExample = {
  title: 'Hours of one’s own',
  kind: 'configuration',
  text: `{ "data": { "dataset": "sample", "from": "2024-11-04", "to": "2024-11-08" },
  "session": { "custom": { "timeZone": "America/New_York", "open": "10:00", "close": "12:00",
                           "holidays": ["2024-11-05"] } } }`,
  gives: {
    sessions: 4,
    filled: 0,
    missing: 106,
    trades: 0,
    fingerprint: 'sha256:5096cbda854c6035e9dd2f6f1a3f2fcb7da1305e57f97dd938577986f938395d',
  },
};

export const shelfRun: RunExample = {
  title: 'A strategy of the shelf',
  kind: 'configuration',
  text: `{ "data": { "dataset": "sample", "symbols": ["ALFA"], "from": "2024-11-04", "to": "2024-11-08" },
  "strategy": { "name": "SMA cross", "params": { "fast": 20, "slow": 60 } },
  "broker": { "commission": 0.0001, "finalizeTrades": true } }`,
  gives: {
    sessions: 5,
    filled: 0,
    missing: 17,
    trades: 23,
    fingerprint: 'sha256:37801b421f51d0d3a1fc66798c3a66ab81cdc08194d0313a7010c0a5b5ea4c71',
  },
};

export const ownStrategy: StrategyExample = {
  title: 'A strategy of one’s own',
  kind: 'strategy',
  config: '{ "data": { "dataset": "sample", "symbols": ["ALFA"], "from": "2024-11-04", "to": "2024-11-08" } }',
  text: `const params = { length: 30 };
const warmUpBars = params.length;
const average = new SimpleAverage(params.length);

function bar(desk) {
  const value = average.push(desk.close);
  if (desk.position() === 0 && desk.close > value * 1.002) desk.buy(0, { size: 0.5 });
  else if (desk.position() > 0 && desk.close < value) desk.closePosition();
}
`,
  gives: {
    sessions: 5,
    filled: 0,
    missing: 17,
    trades: 31,
    fingerprint: 'sha256:e4d7e9980576f3f46208ba1f51e8e0d19d8504d7f343efd3ddf711e22ee4e159',
  },
};

export const writtenLink: RunExample = {
  title: 'A link that was written by hand',
  kind: 'link',
  text: '#config={"data":{"dataset":"sample","symbols":["BRAV"],"from":"2024-11-29"}}',
  gives: {
    sessions: 1,
    filled: 0,
    missing: 0,
    trades: 0,
    fingerprint: 'sha256:e9fe860aff4c20add164a596cea2174e85250224ebfc0dd5bbf3c469a5fb4347',
  },
};

export const misspelt: RefusedExample = {
  title: 'A setting that there is not',
  kind: 'refused',
  text: '{ "upkeep": { "maxRetires": 3 } }',
  gives: { message: 'upkeep.maxRetires is not a setting; the nearest is upkeep.maxRetries' },
};

export const outOfRange: RefusedExample = {
  title: 'A value out of range',
  kind: 'refused',
  text: '{ "upkeep": { "maxRetries": 500 } }',
  gives: { message: 'upkeep.maxRetries was 500; it must be a whole number from 0 to 100' },
};

export const sessionsOfNewYork: CommandExample = {
  title: 'The sessions around Thanksgiving',
  kind: 'command',
  text: 'sessions XNYS 2024-11-27 2024-12-02',
  gives: {
    prints: `date,open,close,breaks,early
2024-11-27,2024-11-27T14:30:00Z,2024-11-27T21:00:00Z,,false
2024-11-29,2024-11-29T14:30:00Z,2024-11-29T18:00:00Z,,true
2024-12-02,2024-12-02T14:30:00Z,2024-12-02T21:00:00Z,,false
`,
  },
};
