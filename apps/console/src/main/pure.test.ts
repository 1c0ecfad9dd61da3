/** The parts of files that import electron which can be asked without it. */
import { describe, expect, it, vi } from 'vitest';

vi.mock('electron', () => ({}));
const { filePath } = await import('./app-protocol.ts');
const { CONTENT_SECURITY_POLICY } = await import('./csp.ts');
const { nextZoom } = await import('./menu.ts');
const { placeWindow } = await import('./window-state.ts');

describe('files of the app', () => {
  it.each([
    ['/index.html', '/app/index.html'],
    ['/assets/a%20b.js', '/app/assets/a b.js'],
  ])('%s is %s', (path, file) => expect(filePath('/app', path)).toBe(file));

  it.each([
    '/../secret',
    '/%2e%2e/secret',
    '/..%2fsecret',
    '/%00',
    '/a%5c..%5c..',
    '/',
    '/%E0%A4%A',
    '/../app',
  ])('%s is none of them', (path) => expect(filePath('/app', path)).toBeNull());
});

describe('the policy of the pages', () => {
  it('lets nothing in from elsewhere and nothing run that is not the app', () => {
    expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'");
    expect(CONTENT_SECURITY_POLICY).toContain("connect-src 'none'");
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|http|\*/);
  });
});

describe('zoom', () => {
  it('goes through the steps and stops at the ends', () => {
    expect(nextZoom(1, 1)).toBe(1.1);
    expect(nextZoom(1, -1)).toBe(0.9);
    expect(nextZoom(1.75, 0)).toBe(1);
    expect(nextZoom(3, 1)).toBe(3);
    expect(nextZoom(0.5, -1)).toBe(0.5);
    expect(nextZoom(1.03, 1)).toBe(1.1);
  });
});

describe('the place of the window', () => {
  const screen = [{ x: 0, y: 0, width: 1920, height: 1080 }];
  const place = { x: 100, y: 100, width: 900, height: 700, maximized: false };

  it('is where it was', () =>
    expect(placeWindow(place, screen)).toEqual({ x: 100, y: 100, width: 900, height: 700 }));
  it('is not on a screen that is gone', () =>
    expect(placeWindow({ ...place, x: 3000 }, screen)).toEqual({ width: 900, height: 700 }));
  it('has a size at the first start', () =>
    expect(placeWindow(null, screen)).toEqual({ width: 1280, height: 860 }));
});
