export { driftFrom, driftSentence, type Drift } from './drift.ts';
export { makeManifest, sameContent } from './make-manifest.ts';
export { hashManifest, type Manifest } from './manifest.ts';
