/**
 * deploy/watch: the alert rules, read by Prometheus's own tool, each of which fires when it should, and no other; and the
 * dashboard, whose queries that tool reads as well. Both ask for what a server really tells.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';

import { newIdentity } from '../packages/backup/src/index.ts';
import { writeMeta } from '../apps/server/tests/support/meta.ts';
import { run as startServerHere } from '../apps/server/tests/support/running.ts';

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
  elekto_ready: '1x90',
  'elekto_disk_free_percent{holds="data"}': '60x90',
  elekto_clock_offset_seconds: '1x90',
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
  elekto_announcements_lost: '0x90',
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
  ElektoAnnouncementLost: ['elekto_announcements_lost', '1x90', {}],
  ElektoNotReady: ['elekto_ready', '0x90', {}],
  ElektoDiskFull: ['elekto_disk_free_percent{holds="data"}', '0x90', { holds: 'data' }],
  ElektoDiskLow: ['elekto_disk_free_percent{holds="data"}', '15x90', { holds: 'data' }],
  ElektoClockOff: ['elekto_clock_offset_seconds', '30x90', {}],
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

  it('are each documented, and every alert that is documented is one of them', () => {
    const guide = readFileSync(join(root, 'docs/operators-watch.md'), 'utf8');
    const documented = [...guide.matchAll(/^\| `(Elekto\w+)`:/gm)].map(([, name]) => name);
    expect(documented.sort()).toEqual(rules.map(({ alert }) => alert).sort());
  });
});

interface Panel {
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
}
const { panels } = JSON.parse(readFileSync(join(root, 'deploy/watch/dashboard.json'), 'utf8')) as {
  panels: Panel[];
};
const queries = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));

describe('the dashboard', () => {
  it('has queries that Prometheus reads', () => {
    const records = queries.map((expr, i) => ({ record: `query:${i}`, expr }));
    writeFileSync(join(dir, 'queries.yaml'), stringify({ groups: [{ name: 'dashboard', rules: records }] }));
    expect(run('check', 'rules', 'queries.yaml')).toMatchObject({ status: 0 });
    writeFileSync(
      join(dir, 'wrong.yaml'),
      stringify({ groups: [{ name: 'wrong', rules: [{ record: 'a:b', expr: 'max(' }] }] }),
    );
    expect(run('check', 'rules', 'wrong.yaml').status).not.toBe(0);
  });

  it('has panels with a title each that lie beside each other', () => {
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)} ${y + Math.floor(i / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });
});

/** Names of metrics, and of labels in braces or after `by`. */
const NAMES = /\b(?:elekto|process)_\w+/g;

it('what alerts and dashboard ask for is what a server tells, and all of it, and documented', async () => {
  const { recipient } = await newIdentity();
  const backups = { ELEKTO_BACKUP_DIR: join(dir, 'backups'), ELEKTO_BACKUP_RECIPIENT: recipient };
  const server = await startServerHere({
    meta: writeMeta({ steering: {} }),
    people: [],
    env: { ELEKTO_METRICS: 'on', ...backups },
    overrides: { timeHosts: ['http://127.0.0.1:9'] },
  });
  const text = await (await fetch(`${server.url}/metrics`)).text();
  await server.stop();
  const told = [...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name = '']) => name).sort();
  const namesIn = (texts: readonly string[]) => new Set(texts.flatMap((one) => one.match(NAMES) ?? []));
  for (const name of namesIn([...rules.map(({ expr }) => expr), ...queries])) expect(told).toContain(name);
  expect([...namesIn(queries)].sort()).toEqual(told);
  const guide = readFileSync(join(root, 'docs/operators-watch.md'), 'utf8');
  for (const name of told) expect(guide).toMatch(new RegExp(`\\| \`${name}[\`{]`));
  const labels = new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, name]) => name));
  // Those that Prometheus adds, and those of requests that did not fail here.
  for (const known of ['job', 'instance', 'kind', 'status']) labels.add(known);
  for (const query of queries)
    for (const [, names = ''] of query.matchAll(/by \(([^)]*)\)|\{(\w+)=/g))
      for (const name of names.split(', ').filter(Boolean)) expect([...labels]).toContain(name);
});
