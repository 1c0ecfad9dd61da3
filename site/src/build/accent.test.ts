import { describe, expect, it } from 'vitest';
import { accentTokens, contrast, parseHex } from './accent.ts';

const paper = parseHex('#faf9f5')!;
const dark = parseHex('#1b1b18')!;

describe('the accent colour of an organisation', () => {
  it.each(['#326ce5', '#ff0', '#000000', '#ffffff', '#888', '#0865ad', '#e6007a'])(
    'can be read as text and carries readable text, whatever was chosen: %s',
    (colour) => {
      const tokens = accentTokens(colour)!;
      expect(contrast(parseHex(tokens.light)!, paper)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(parseHex(tokens.dark)!, dark)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(parseHex(tokens.light)!, parseHex(tokens.onLight)!)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(parseHex(tokens.dark)!, parseHex(tokens.onDark)!)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('stays as it was given where it can be read', () => {
    expect(accentTokens('#1f3d99')!.light).toBe('#1f3d99');
  });

  it('is refused when it is no hexadecimal colour', () => {
    expect(accentTokens('red; } body { display: none')).toBeNull();
  });
});
