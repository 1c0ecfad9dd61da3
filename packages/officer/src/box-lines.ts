/** A line of box.txt: the hash of a box, and of the manifest of its run, hex. */
export interface BoxLine {
  readonly box: string;
  readonly manifest: string;
}

const LINE = /^sha256:([0-9a-f]{64}) ([0-9a-f]{64})$/;

/** The lines of a box.txt; others are nobody's word. */
export const readBoxLines = (text: string): BoxLine[] =>
  text.split(/\r?\n/u).flatMap((line) => {
    const [, box, manifest] = LINE.exec(line.trim()) ?? [];
    return box === undefined || manifest === undefined ? [] : [{ box, manifest }];
  });

/** The line that an officer proposes for a box. */
export const writeBoxLine = ({ box, manifest }: BoxLine): string => `sha256:${box} ${manifest}\n`;
