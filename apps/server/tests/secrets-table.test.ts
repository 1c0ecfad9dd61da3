/** docs/operators-secrets.md names everything secret that the sources read or make. */
import { openKeys } from '@elekto/ballot-box';
import { globSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { VARIABLES } from '../src/config/variables.ts';

const root = join(import.meta.dirname, '../../..');
const page = readFileSync(join(root, 'docs/operators-secrets.md'), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('|'));

it('every file that the server makes in the secrets directory has a row', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'elekto-table-'));
  const keys = openKeys(join(dir, 'secrets'));
  const id = 'ab'.repeat(16);
  await keys.create(id);
  keys.witness.note([{ election: id, item: 'row', version: 1, tag: 'x', key: 'k' }], true);
  const made = readdirSync(join(dir, 'secrets'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(dir, 'secrets/').length));
  rmSync(dir, { recursive: true });
  const shown = made.map((file) => file.replace(id, '<id>').replace(/^witness\/.*/, 'witness/<process>'));
  expect(new Set(shown).size).toBeGreaterThan(4);
  for (const file of shown)
    expect(
      rows.some((row) => row.startsWith(`| \`${file}\``)),
      file,
    ).toBe(true);
});

it('every secret setting of the server says what it opens', () => {
  const secret = VARIABLES.filter((variable) => 'secret' in variable).map(({ name }) => name);
  expect(secret.length).toBeGreaterThan(4);
  for (const name of secret)
    expect(
      rows.some((row) => row.includes(`\`${name}\``)),
      name,
    ).toBe(true);
});

it('every secret that any source reads from the environment is on the page, and no other', () => {
  const named = /\b(?:APP|DB|ELEKTO|GITHUB|META|OTEL)_[A-Z_]*(?:SECRET|TOKEN|PASSWORD|PASSPHRASE|HEADERS)\b/g;
  const files = globSync(['packages/*/src/**/*.ts', 'apps/server/src/**/*.ts', 'scripts/start.ts'], {
    cwd: root,
  });
  const read = new Set(
    files
      .filter((file) => !file.endsWith('.test.ts') && !file.startsWith('packages/testing/'))
      .flatMap((file) => readFileSync(join(root, file), 'utf8').match(named) ?? []),
  );
  expect([...read]).toContain('ELEKTO_BACKUP_PASSPHRASE');
  for (const name of read) expect(page.includes(`\`${name}\``), name).toBe(true);
  for (const name of page.match(named) ?? []) expect(read.has(name), name).toBe(true);
});
