/** The object that a JSON text holds when it has exactly these keys; null for any other text. */
export function exactKeys<K extends string>(text: string, keys: readonly K[]): Record<K, unknown> | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const names = Object.keys(value);
  if (names.length !== keys.length || !keys.every((key) => Object.hasOwn(value, key))) return null;
  return value as Record<K, unknown>;
}
