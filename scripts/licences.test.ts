import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAllowed, notAllowed, shippedPackages } from './licences.ts';

describe('the packages that are shipped', () => {
  const packages = shippedPackages();

  it('stand under licences that we may ship', () => {
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.map(({ name }) => name)).toContain('express');
    expect(notAllowed(packages)).toEqual([]);
  });

  it('would be refused under others', () => {
    const copyleft = { name: 'x', versions: ['1.0.0'], licence: 'GPL-3.0-only' };
    expect(notAllowed([...packages, copyleft])).toEqual([copyleft]);
    expect(notAllowed([{ ...copyleft, licence: 'Unknown' }])).toHaveLength(1);
    expect(isAllowed('(MIT OR GPL-3.0-only)')).toBe(true);
    expect(isAllowed('(MIT AND GPL-3.0-only)')).toBe(false);
  });

  it('are listed as CycloneDX by a command', () => {
    const out = execFileSync(process.execPath, [join(import.meta.dirname, 'sbom.ts')], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    const bom = JSON.parse(out) as { bomFormat: string; components: { name: string; version: string }[] };
    expect(bom.bomFormat).toBe('CycloneDX');
    const names = new Set(bom.components.map(({ name }) => name));
    expect(names).toContain('express');
    expect(names).not.toContain('vitest');
  });
});
