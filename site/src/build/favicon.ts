import { accentTokens } from './accent.ts';

/** A ballot with its first place filled, in the organisation's colour; drawn for 16 pixels. */
export function faviconSvg(accent: string | null): string {
  const tokens = (accent === null ? null : accentTokens(accent)) ?? accentTokens('#1f3d99');
  if (!tokens) throw new Error('our own accent is a colour');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><style>rect{fill:${tokens.light}}path{fill:${tokens.onLight}}@media(prefers-color-scheme:dark){rect{fill:${tokens.dark}}path{fill:${tokens.onDark}}}</style><rect width="16" height="16" rx="2"/><path d="M3 3h3v2.4H3zM7.4 3H13v2.4H7.4zM3 6.9h3v2.4H3zM7.4 6.9H11v2.4H7.4zM3 10.8h3v2.2H3zM7.4 10.8H9.5v2.2H7.4z"/></svg>\n`;
}
