/** The fenced `sh` blocks of a guide, by the heading of the second level that they stand under. */
export function shellBlocks(markdown: string): Map<string, string[]> {
  const blocks = new Map<string, string[]>();
  for (const section of markdown.split(/^## /m).slice(1)) {
    const heading = section.slice(0, section.indexOf('\n')).trim();
    blocks.set(
      heading,
      [...section.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block),
    );
  }
  return blocks;
}
