export { addUp } from './add-up.ts';
export { describeFile } from './describe.ts';
export { detectFormat, headOf, UnclearFormatError } from './detect.ts';
export { UnclearDirectionError } from './formats/csv-doubts.ts';
export { CannotWriteError } from './model.ts';
export type * from './model.ts';
export { BallotFileReader, readBallotFile } from './read.ts';
export { FORMATS, formatNamed, formatOfExtension } from './registry.ts';
