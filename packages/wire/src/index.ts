export * from './bytes.ts';
export * from './canonical.ts';
export * from './json-pieces.ts';
export * from './kdf.ts';
export * from './merkle.ts';
export * from './strict-json.ts';
