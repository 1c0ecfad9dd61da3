export { driftFrom, type Drift } from './drift.ts';
export { labelsOf } from './labels.ts';
export { makeManifest, sameContent, type ManifestRun } from './make-manifest.ts';
export {
  hashManifest,
  type Manifest,
  type ManifestV1,
  type ManifestV2,
  type OfficersManifest,
} from './manifest.ts';
