/**
 * `npm run sbom`: what is shipped, as CycloneDX JSON on standard output. `-- --licences` prints a line per
 * package with its licence instead. Ends with 1 when a licence is not one we may ship.
 */
import { notAllowed, runPnpm, shippedPackages } from './licences.ts';

const packages = shippedPackages();
if (process.argv.includes('--licences')) {
  const lines = packages.map(
    ({ name, versions, licence }) => `${licence}\t${name}\t${versions.join(', ')}\n`,
  );
  process.stdout.write(lines.join(''));
} else process.stdout.write(runPnpm('sbom', '--sbom-format', 'cyclonedx', '--prod'));

const refused = notAllowed(packages);
for (const { name, licence } of refused) {
  process.stderr.write(`elekto: ${name} stands under ${licence}, which scripts/licences.ts does not allow\n`);
}
if (refused.length > 0) process.exitCode = 1;
