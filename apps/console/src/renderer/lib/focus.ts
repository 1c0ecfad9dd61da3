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
  const heading = page?.querySelector('h1') ?? page;
  if (heading === null || !isFocusLost()) return;
  heading.tabIndex = -1;
  heading.setAttribute(GIVEN, '');
  heading.focus({ preventScroll: true });
}
