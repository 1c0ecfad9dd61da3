import { signInAddress } from './api.ts';

/** The session ended while the page was open: neither its head nor its foot (`data-signed-out`) goes on naming who was signed in. */
export function showSignedOut(api: string, signIn: string): void {
  document.documentElement.dataset['signedOut'] = '';
  for (const place of document.querySelectorAll<HTMLElement>('[data-login]')) {
    place.textContent = signIn;
    if (place instanceof HTMLAnchorElement) place.href = signInAddress(api);
  }
  try {
    localStorage.removeItem('in');
  } catch {
    // Nothing was noted.
  }
}
