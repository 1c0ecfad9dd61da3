/**
 * Signing out leaves no ranking and no passphrase in this browser. The server asks the browser for the same; browsers
 * that do not listen, and http, are left to this.
 */
document.querySelector<HTMLFormElement>('[data-sign-out]')!.onsubmit = () => {
  for (const name of Object.keys(localStorage))
    if (name === 'in' || name.startsWith('elekto-draft:')) localStorage.removeItem(name);
  sessionStorage.clear();
};
