/** A builder that renders one small page for each election, for tests that are not about the pages. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { SiteBuilder } from '../../src/index.ts';

interface Data {
  readonly commit: string;
  readonly organisation: { readonly name: string };
  readonly signIn: { readonly name: string; readonly profiles: string | null };
  readonly elections: readonly {
    readonly key: string;
    readonly name: string;
    readonly phase: string;
    readonly [name: string]: unknown;
  }[];
}

export interface StubSite extends SiteBuilder {
  /** What was built, newest last. */
  readonly built: Data[];
  /** When set, the next builds fail with it. */
  fail: Error | null;
  /** While true builds never end, whoever asks them to. */
  hang: boolean;
}

export function stubSite(): StubSite {
  const built: Data[] = [];
  const stub: StubSite = {
    built,
    fail: null,
    hang: false,
    sources: () => 'stub',
    async build({ dataFile, outDir }) {
      if (stub.fail) throw stub.fail;
      if (stub.hang) await new Promise(() => undefined);
      const data = JSON.parse(readFileSync(dataFile, 'utf8')) as Data;
      mkdirSync(join(outDir, '_assets'), { recursive: true });
      const names = data.elections.map(({ name, phase }) => `<li>${name}: ${phase}</li>`).join('');
      writeFileSync(join(outDir, 'index.html'), `<!doctype html><title>Home</title><ul>${names}</ul>`);
      writeFileSync(join(outDir, '404.html'), '<!doctype html><title>Not here</title>');
      writeFileSync(join(outDir, '_assets/app.0123abcd.js'), 'export {};\n'.repeat(40));
      for (const { key, name } of data.elections) {
        mkdirSync(join(outDir, 'elections', key), { recursive: true });
        writeFileSync(join(outDir, 'elections', key, 'index.html'), `<!doctype html><title>${name}</title>`);
      }
      built.push(data);
    },
  };
  return stub;
}
