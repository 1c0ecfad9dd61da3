/** What a voter does with a page, whichever browser it is in: the least that the journey of voting needs. */
export interface Hand {
  /** Name and version, as the browser tells them. */
  readonly browser: string;
  goTo(url: string): Promise<void>;
  reload(): Promise<void>;
  /** The browser's own Back. */
  back(): Promise<void>;
  /** Waits until something that matches can be seen, and presses it. */
  press(selector: string): Promise<void>;
  /** Puts the focus there and types. */
  type(selector: string, text: string): Promise<void>;
  /** Waits until something matches. */
  see(selector: string): Promise<void>;
  /** The text of the first that matches. */
  read(selector: string): Promise<string>;
  /** An attribute of everything that matches, in the order of the page; '' where it has none. */
  each(selector: string, attribute: string): Promise<string[]>;
  close(): Promise<void>;
}

/** Ms that anything may take before the journey has failed. */
export const PATIENCE = 60_000;

/** Asks until the answer is neither null nor false; @throws when it takes too long. */
export async function until<T>(what: string, ask: () => Promise<T | null | false>): Promise<T> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`${what} does not come`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
