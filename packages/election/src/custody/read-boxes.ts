import type { BoxOnBranch, SourceFile } from '../model.ts';
import { Report, WHOLE_FILE } from '../report.ts';
import { splitLines, stripBom } from '../text.ts';

/** The file beside election.yaml that says which box is counted. */
export const BOXES_NAME = 'box.txt';

const LINE = /^sha256:([0-9a-f]{64}) ([0-9a-f]{64})$/;
const FORM = 'sha256:<hash of the box> <hash of the manifest>';

/** The line of a box in box.txt, without its end. */
export const boxLine = ({ hash, manifestHash }: BoxOnBranch): string => `sha256:${hash} ${manifestHash}`;

/**
 * Reads box.txt: the line of the box, as a run that was voided has none. What is no such line is told and left out, and so is nothing else:
 * two boxes of one run are both given, so that officers see them.
 */
export function readBoxes(file: SourceFile): {
  readonly boxes: readonly BoxOnBranch[];
  readonly report: Report;
} {
  const report = new Report(file.path);
  if (file.refused === true) return { boxes: [], report };
  const boxes: BoxOnBranch[] = [];
  for (const [index, text] of splitLines(stripBom(file.text)).entries()) {
    if (text.trim() === '') continue;
    const place = { line: index + 1, column: 1 };
    const [, hash, manifestHash] = LINE.exec(text.trim()) ?? [];
    if (hash === undefined || manifestHash === undefined) {
      report.error(
        'box-line-invalid',
        place,
        'The line names no box.',
        `Each line is "${FORM}", as the console or "elekto custody" proposes it; nobody edits it.`,
      );
      continue;
    }
    const other = boxes.find((each) => each.manifestHash === manifestHash);
    if (other?.hash === hash) continue;
    if (other !== undefined)
      report.error(
        'box-twice',
        place,
        'A second box of the same run stands in this file: two boxes that differ in one ballot would give it away, and no officer mixes either.',
        'Bring back the file as it was before the second one. Whoever proposed it has to say where it comes from.',
      );
    boxes.push({ hash, manifestHash });
  }
  if (boxes.length === 0 && !report.hasErrors)
    report.error('box-line-invalid', WHOLE_FILE, 'The file names no box.', `Each line is "${FORM}".`);
  return { boxes, report };
}
