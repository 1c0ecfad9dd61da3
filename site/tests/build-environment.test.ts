import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { publicEnvironment } from '../build.ts';

/** Settings that are no secret and have names that others use, too. */
const COMMON = ['PORT', 'HOST', 'LOG_LEVEL'];

describe('the environment of a build of the pages', () => {
  it('has none of the settings of the server, whose secrets are among them', () => {
    const example = readFileSync(join(import.meta.dirname, '../../.env.example'), 'utf8');
    const names = [...example.matchAll(/^# ?([A-Z][A-Z0-9_]+)=|^([A-Z][A-Z0-9_]+)=/gm)].map(
      ([, commented, set]) => commented ?? set ?? '',
    );
    expect(names).toContain('OTEL_EXPORTER_OTLP_HEADERS');
    const settings = names.filter((name) => !COMMON.includes(name));
    const given = Object.fromEntries(
      settings.flatMap((name) => [name, `${name}_FILE`]).map((name) => [name, 'x']),
    );
    expect(publicEnvironment({ ...given, PATH: '/bin' })).toEqual({ PATH: '/bin' });
  });
});
