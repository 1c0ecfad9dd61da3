export { driftFrom, makeManifest } from './make-manifest.ts';
export { hashManifest, type Manifest } from './manifest.ts';
