/** What the readers of ballots say, without the options that somebody would type on a terminal: here there are buttons. */
export const plainWords = (text: string): string =>
  text
    .replace(/: say --from with one of .*$/, '')
    .replace(/; --from [\w-]+/g, '')
    .replace(/\s*\([^()]*--[a-z-]+[^()]*\)/g, '');
