export const BUNDLE_DIR: string;
export const BUNDLE: { readonly program: string; readonly madeOf: string };
export function digestOf(files: readonly string[]): string;
export function bundleOfSources(dir?: string): string | null;
