/** WebKitGTK by its own driver (W3C WebDriver over HTTP), on a screen that nobody sees. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { until } from './hand.ts';
import type { Hand } from './hand.ts';

/** How WebDriver names a reference to an element (section 11 of the recommendation). */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** An X server without a screen, at the first number that is free. */
async function hiddenScreen(xvfb: string): Promise<{ display: string; process: ChildProcess }> {
  const process = spawn(xvfb, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const said = process.stdio[3];
  if (!said) throw new Error('Xvfb has no way to tell its number');
  const number = await new Promise<string>((resolve, reject) => {
    said.once('data', (data: Buffer) => resolve(data.toString().trim()));
    process.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    process.once('error', reject);
  });
  return { display: `:${number}`, process };
}

export async function openWebKit(driver: string, xvfb: string): Promise<Hand> {
  const screen = await hiddenScreen(xvfb);
  const port = await freePort();
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const running = spawn(driver, [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: 'ignore',
    env: { ...env, DISPLAY: screen.display, GDK_BACKEND: 'x11', LIBGL_ALWAYS_SOFTWARE: '1' },
  });
  const end = () => {
    running.kill();
    screen.process.kill();
  };
  try {
    return await withDriver(`http://127.0.0.1:${port}`, end);
  } catch (error) {
    end();
    throw error;
  }
}

async function withDriver(url: string, end: () => void): Promise<Hand> {
  const ask = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(url + path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = (await answer.json()) as { value: T & { error?: string; message?: string } };
    if (!answer.ok) throw new Error(`${path}: ${value.error ?? answer.status}: ${value.message ?? ''}`);
    return value;
  };
  await until('the driver', () =>
    ask<object>('GET', '/status').then(
      () => true,
      () => false,
    ),
  );
  const { sessionId, capabilities } = await ask<{
    sessionId: string;
    capabilities: { browserName: string; browserVersion: string };
  }>('POST', '/session', { capabilities: { alwaysMatch: {} } });
  const at = `/session/${sessionId}`;
  await ask('POST', `${at}/window/rect`, { width: 1280, height: 850 });
  const run = <T>(script: string, ...args: unknown[]) =>
    ask<T>('POST', `${at}/execute/sync`, { script, args });
  const find = (selector: string) =>
    until(selector, () =>
      ask<Record<string, string>>('POST', `${at}/element`, { using: 'css selector', value: selector }).then(
        (found) => found[ELEMENT] ?? null,
        () => null,
      ),
    );
  /** Pressing is asked for again while something that is on its way out is in front, or the page is rendered anew. */
  const press = (selector: string) =>
    until(`pressing ${selector}`, async () => {
      const id = await find(selector);
      return ask('POST', `${at}/element/${id}/click`, {}).then(
        () => id,
        () => null,
      );
    });
  return {
    browser: `${capabilities.browserName} ${capabilities.browserVersion}`,
    goTo: (to) => ask('POST', `${at}/url`, { url: to }),
    reload: () => ask('POST', `${at}/refresh`, {}),
    back: () => ask('POST', `${at}/back`, {}),
    press: async (selector) => void (await press(selector)),
    type: async (selector, text) => {
      const id = await press(selector);
      await ask('POST', `${at}/element/${id}/value`, { text });
    },
    see: async (selector) => void (await find(selector)),
    read: async (selector) => ask('GET', `${at}/element/${await find(selector)}/text`),
    each: (selector, attribute) =>
      run(
        'return [...document.querySelectorAll(arguments[0])].map((each) => each.getAttribute(arguments[1]) ?? "")',
        selector,
        attribute,
      ),
    close: async () => {
      await ask('DELETE', at).catch(() => undefined);
      end();
    },
  };
}
