interface Press {
  readonly key: string;
  readonly target: EventTarget | null;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const FIELDS: readonly string[] = ['input', 'textarea', 'select'];

/** The single key that was pressed, in lower case; null for combinations and in fields that take text. */
export function singleKey({ key, target, ctrlKey, metaKey, altKey }: Press): string | null {
  if (ctrlKey || metaKey || altKey || key.length !== 1) return null;
  return target instanceof Element && FIELDS.includes(target.localName) ? null : key.toLowerCase();
}
