/** deploy/watch/alerts.yaml, read by Prometheus's own tool: each alert fires when it should, and no other does. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';

import { unpacked } from './support/debian.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
}

const root = join(import.meta.dirname, '..');
const file = join(root, 'deploy/watch/alerts.yaml');
const { rules } = (parse(readFileSync(file, 'utf8')) as { groups: { rules: Rule[] }[] }).groups[0] ?? {
  rules: [],
};
const dir = mkdtempSync(join(tmpdir(), 'elekto-alerts-'));
let promtool = '';

beforeAll(() => {
  promtool = unpacked('promtool', 'prometheus', join(dir, 'package'));
}, 180_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const run = (...args: string[]): { status: number | null; said: string } => {
  const { status, stdout, stderr } = spawnSync(promtool, args, { cwd: dir, encoding: 'utf8' });
  return { status, said: stdout + stderr };
};

/** Figures of a server that is well, a sample each minute. */
const WELL: Readonly<Record<string, string>> = {
  'up{job="elekto"}': '1x90',
  elekto_elections_in_trouble: '0x90',
  elekto_upkeep_finished_timestamp_seconds: '0+60x90',
  'elekto_elections_by_stage{stage="waiting"}': '0x90',
  'elekto_request_failures_total{kind="api",status="503"}': '4x90',
  'elekto_request_failures_total{kind="api",status="429"}': '9x90',
  elekto_sync_failing: '0x90',
  elekto_sync_timestamp_seconds: '0+60x90',
  elekto_site_failing: '0x90',
  elekto_elections_stale: '0x90',
  elekto_backup_timestamp_seconds: '0+60x90',
  elekto_backup_interval_seconds: '600x90',
  elekto_backup_failing: '0x90',
  'process_resident_memory_bytes{job="elekto"}': '200000000x90',
};
/** What is different when it is not, by alert. */
const BAD: Readonly<Record<string, readonly [series: string, values: string, labels: object]>> = {
  ElektoAway: ['up{job="elekto"}', '0x90', { job: 'elekto' }],
  ElektoElectionInTrouble: ['elekto_elections_in_trouble', '1x90', {}],
  ElektoUpkeepStalled: ['elekto_upkeep_finished_timestamp_seconds', '0x90', {}],
  ElektoElectionWaits: ['elekto_elections_by_stage{stage="waiting"}', '1x90', { stage: 'waiting' }],
  ElektoRequestsFail: [
    'elekto_request_failures_total{kind="api",status="503"}',
    '0+3x90',
    { kind: 'api', status: '503' },
  ],
  ElektoRequestsRefused: [
    'elekto_request_failures_total{kind="api",status="429"}',
    '0+600x90',
    { kind: 'api', status: '429' },
  ],
  ElektoRepositoryUnreadable: ['elekto_sync_failing', '1x90', {}],
  ElektoRepositoryNotLookedAt: ['elekto_sync_timestamp_seconds', '0x90', {}],
  ElektoPagesNotBuilt: ['elekto_site_failing', '1x90', {}],
  ElektoElectionStale: ['elekto_elections_stale', '1x90', {}],
  ElektoBackupOld: ['elekto_backup_timestamp_seconds', '0x90', {}],
  ElektoBackupFails: ['elekto_backup_failing', '1x90', {}],
  ElektoMemory: ['process_resident_memory_bytes{job="elekto"}', '600000000x90', { job: 'elekto' }],
};

/** Runs the rules over a server of which `bad` is different; `firing` are the alerts that must fire, and no other. */
function expectFiring(
  bad: readonly [series: string, values: string] | null,
  firing: Readonly<Record<string, object>>,
): void {
  const series = { ...WELL, ...(bad && { [bad[0]]: bad[1] }) };
  const test = {
    interval: '1m',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    alert_rule_test: rules.map(({ alert, labels, annotations }) => ({
      eval_time: '80m',
      alertname: alert,
      exp_alerts:
        firing[alert] === undefined
          ? []
          : [{ exp_labels: { ...firing[alert], ...labels }, exp_annotations: annotations }],
    })),
  };
  writeFileSync(join(dir, 'test.yaml'), stringify({ rule_files: [file], tests: [test] }));
  expect(run('test', 'rules', 'test.yaml')).toMatchObject({ status: 0 });
}

describe('the alert rules', () => {
  it('are read by Prometheus', () => {
    expect(run('check', 'rules', file)).toMatchObject({ status: 0 });
  });

  it('are silent about a server that is well', () => expectFiring(null, {}));

  it.each(['elekto_upkeep_finished_timestamp_seconds', 'elekto_sync_timestamp_seconds'])(
    'are silent about a server that has just started, where %s is still 0',
    (series) => expectFiring([series, '0+60x78 0 0'], {}),
  );

  it.each(rules.map(({ alert }) => alert))('%s fires, and no other', (alert) => {
    const [series, values, labels] = BAD[alert] ?? ['', '', {}];
    expectFiring([series, values], { [alert]: labels });
  });

  it('ask for figures that are documented, and are documented themselves', () => {
    const guide = readFileSync(join(root, 'docs/operators-watch.md'), 'utf8');
    for (const { alert, expr } of rules) {
      expect(guide).toContain(`\`${alert}\``);
      for (const [name] of expr.matchAll(/\b(elekto_|process_)\w+/g))
        expect(guide).toMatch(new RegExp(`\\| \`${name}[\`{]`));
    }
  });
});
