import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { calendarNames } from '../../src/time/calendar.ts';

const subjects = ['America/New_York', 'Europe/London', 'Asia/Tokyo', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'];

const run = promisify(execFile);
const script = fileURLToPath(new URL('../support/zone-digest.ts', import.meta.url));

async function answersUnder(systemZone: string): Promise<{ systemOffsets: number[]; digests: Record<string, string> }> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', script], {
    env: { ...process.env, TZ: systemZone },
  });
  return JSON.parse(stdout);
}

test('wall clocks and sessions are the same in every system zone', { timeout: 120_000 }, async () => {
  const utc = await answersUnder('UTC');
  expect(Object.keys(utc.digests)).toEqual([...subjects, ...calendarNames]);
  // Each has a digest of its own, but Nasdaq has New York's and metals have that of energy.
  expect(new Set(Object.values(utc.digests)).size).toBe(subjects.length + calendarNames.length - 2);
  // Each of these has its own offsets, so a child that ignored its zone would show.
  const systemZones = { 'America/New_York': [300, 240], 'Europe/London': [0, -60], 'Asia/Tokyo': [-540, -540] };
  for (const [systemZone, offsets] of Object.entries({ ...systemZones, 'Australia/Lord_Howe': [-660, -630] })) {
    const { systemOffsets, digests } = await answersUnder(systemZone);
    expect(systemOffsets, systemZone).toEqual(offsets);
    expect(digests, systemZone).toEqual(utc.digests);
  }
});
