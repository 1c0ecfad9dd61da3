/** Where the keyboard's focus is after what had it is gone. */

/** What `focusHeading` has chosen counts as nowhere, too: nobody went there themselves. */
const GIVEN = 'data-focus-given';

/** Whether nothing has the focus, so that keys reach no part of the page. */
export function isFocusLost(): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body || activeElement.hasAttribute(GIVEN);
}

/** After a link has led to another page and is gone with the one before: a reader begins at its heading, or at the page where that is still to come. */
export function focusHeading(page: HTMLElement | null): void {
  const heading = page?.querySelector<HTMLElement>('h1, h2, h3') ?? page;
  if (heading === null || !isFocusLost()) return;
  heading.tabIndex = -1;
  heading.setAttribute(GIVEN, '');
  heading.focus({ preventScroll: true });
}

/**
 * What had the focus in the page is gone after an act, or cannot be used any more: whoever works by keyboard goes on at the heading
 * of the part around it, and not at the beginning of the window. Answers how to end it.
 */
export function keepFocus(page: HTMLElement): () => void {
  /** What had the focus last, and what it stood in, from the inside out. */
  let had: readonly Element[] = [];
  let isAsked = false;
  const remember = ({ target }: FocusEvent): void => {
    had = [];
    for (let at = target as Element | null; at !== null && at !== page; at = at.parentElement)
      had = [...had, at];
  };
  const land = (): void => {
    isAsked = false;
    const [last, ...around] = had;
    if (last === undefined || !isFocusLost() || (last.isConnected && !last.matches(':disabled'))) return;
    focusHeading((around.find((each) => each.isConnected && each.matches('section')) as HTMLElement) ?? page);
  };
  const changed = (): void => {
    if (isAsked) return;
    isAsked = true;
    // A dialog gives the focus back a frame after it is gone.
    requestAnimationFrame(() => requestAnimationFrame(land));
  };
  page.addEventListener('focusin', remember);
  const observer = new MutationObserver(changed);
  observer.observe(page, { subtree: true, childList: true, attributeFilter: ['disabled'] });
  return () => {
    page.removeEventListener('focusin', remember);
    observer.disconnect();
  };
}
