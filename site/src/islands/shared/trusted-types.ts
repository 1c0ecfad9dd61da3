/**
 * The page's policy asks for Trusted Types. The one thing we ever do with a script address is to start
 * the worker that stretches passphrases: our own bundle, and nothing else passes.
 */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): unknown;
}

export function allowOwnWorkers(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', {
    createScriptURL(url) {
      const { origin, pathname } = new URL(url, location.href);
      if (origin === location.origin && pathname.startsWith('/_assets/')) return url;
      throw new TypeError('This page runs no scripts from there');
    },
  });
}
