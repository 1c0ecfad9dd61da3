/** The organisation's colour, made readable: at least 4.5:1 as text on both papers (WCAG 2.2, 1.4.3). */

type Rgb = readonly [number, number, number];

const LIGHT_PAPER: Rgb = [240, 238, 230];
const DARK_PAPER: Rgb = [34, 34, 30];

/** `#rgb` or `#rrggbb`; null for anything else. */
export function parseHex(colour: string): Rgb | null {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(colour.trim());
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour.trim());
  const parts = (short ?? long)?.slice(1).map((p) => parseInt(p.length === 1 ? p + p : p, 16));
  return parts ? (parts as unknown as Rgb) : null;
}

/** Relative luminance as WCAG defines it. */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((v) => {
    const c = v / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colours, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const toHex = (rgb: Rgb) => `#${rgb.map((v) => Math.round(v).toString(16).padStart(2, '0')).join('')}`;
const mix = (a: Rgb, b: Rgb, t: number) => a.map((v, i) => v + (b[i]! - v) * t) as unknown as Rgb;

function until(colour: Rgb, towards: Rgb, paper: Rgb): Rgb {
  for (let t = 0; t <= 1; t += 0.02) {
    const tried = mix(colour, towards, t);
    if (contrast(tried, paper) >= 4.6) return tried;
  }
  return towards;
}

const BLACK: Rgb = [12, 12, 12];
const WHITE: Rgb = [255, 255, 255];
const onto = (colour: Rgb) => toHex(contrast(colour, WHITE) >= contrast(colour, BLACK) ? WHITE : BLACK);

export interface AccentTokens {
  readonly light: string;
  readonly onLight: string;
  readonly dark: string;
  readonly onDark: string;
}

/** The accent's tokens for both papers, or null when the colour cannot be read. */
export function accentTokens(colour: string): AccentTokens | null {
  const rgb = parseHex(colour);
  if (!rgb) return null;
  const light = until(rgb, BLACK, LIGHT_PAPER);
  const dark = until(rgb, WHITE, DARK_PAPER);
  return { light: toHex(light), onLight: onto(light), dark: toHex(dark), onDark: onto(dark) };
}
