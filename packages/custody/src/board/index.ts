export * from './before.ts';
export { addDecryption, addMix, type Board, openBoard, writeDecryption, writeMix } from './board.ts';
export { type Box, boxManifest, checkBox, writeBox } from './box.ts';
export { combine, type Opened } from './combine.ts';
export { checkTie, checkVoid, writeTie, writeVoid } from './decide.ts';
export { type BoardFile, type FileKind, readFile } from './file.ts';
export { fileName, inReadingOrder, type Named, readFileName } from './file-name.ts';
export { type BoardManifest, checkManifestKey, readManifest } from './manifest.ts';
export { type BoardFiles, type Line, type BoardStep, type Verified, verifyBoard } from './verify-board.ts';
