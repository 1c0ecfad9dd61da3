/** What waits for the officer, beside the clock of Windows and Linux; macOS tells it on the Dock. */
import { phrase } from '@elekto/words/phrase';
import { Menu, nativeImage, Tray } from 'electron';
import icon from '../../resources/icon.png?asset';
import type { Waiting } from './notices.ts';
import texts from './texts.json' with { type: 'json' };

const SIZE = 22;
/** Elections that the menu names; the number counts all. */
const MOST_NAMED = 20;

/** There while something waits, and gone when nothing does. Names elections and numbers, never a person. */
export class WaitingTray {
  readonly #open: (route: string | null) => void;
  #tray: Tray | null = null;

  constructor(open: (route: string | null) => void) {
    this.#open = open;
  }

  show(waiting: readonly Waiting[]): void {
    if (waiting.length === 0 || process.platform === 'darwin') {
      this.#tray?.destroy();
      this.#tray = null;
      return;
    }
    this.#tray ??= this.#make();
    const all = waiting.reduce((sum, { requests }) => sum + requests, 0);
    this.#tray.setToolTip(phrase(texts.waiting, { n: all }, 'en'));
    this.#tray.setContextMenu(
      Menu.buildFromTemplate(
        waiting.slice(0, MOST_NAMED).map(({ name, requests, route }) => ({
          // In labels an ampersand marks the letter to press.
          label: `${name.replaceAll('&', '&&')}: ${requests}`,
          click: () => this.#open(route),
        })),
      ),
    );
  }

  #make(): Tray {
    const tray = new Tray(nativeImage.createFromPath(icon).resize({ width: SIZE, height: SIZE }));
    tray.on('click', () => this.#open(null));
    return tray;
  }
}
