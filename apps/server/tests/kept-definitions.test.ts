import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

import { writeMeta } from './support/meta.ts';
import { DATABASES, run, type Running } from './support/running.ts';
import { vote } from './support/voting.ts';

let running: Running;
afterEach(() => running?.stop());

describe.each(DATABASES)('a new server with an empty cache, on %s', (database) => {
  it('serves running elections as its replicas do although their files broke, and no other', async () => {
    const later = { opens: '2027-01-01 00:00:00', closes: '2027-02-01 00:00:00' };
    const meta = writeMeta({ steering: {}, later });
    running = await run({ meta, people: ['vera', 'victor'], database });
    await vote(await running.signedIn('vera'), 'steering', { ada: 1 });
    await running.server.tick();
    await running.restart(() => {
      for (const cache of ['meta-cache', 'site'])
        rmSync(join(running.dataDir, cache), { recursive: true, force: true });
      for (const key of ['steering', 'later'])
        writeFileSync(join(meta, 'elections', key, 'election.yaml'), 'name: [broken');
    });
    expect((await fetch(`${running.url}/elections/steering/`)).status).toBe(200);
    await vote(await running.signedIn('victor'), 'steering', { bob: 1 });
    const served = running.server.snapshot()?.elections;
    expect(served?.get('steering')).toMatchObject({ staleSince: expect.stringMatching(/^dir-/) });
    expect(served?.get('later')?.election).toBeNull();
    // Counted, it is kept no longer.
    running.clock.advance(30 * 24 * 3_600_000);
    await running.server.tick();
    await running.server.tick();
    await running.restart(() =>
      rmSync(join(running.dataDir, 'meta-cache'), { recursive: true, force: true }),
    );
    expect(running.server.snapshot()?.elections.get('steering')?.election).toBeNull();
  });
});
