/** Reads iCalendar as RFC 5545 has it, and takes nothing that is not. */
export interface Component {
  readonly name: string;
  readonly properties: readonly { readonly name: string; readonly value: string }[];
  readonly components: readonly Component[];
}

/** @throws Error on bare line ends, long lines, unbalanced components, lines that are no property. */
export function parseCalendar(text: string): Component {
  if (/(^|[^\r])\n|\r(?!\n)/.test(text)) throw new Error('a line does not end in CRLF');
  for (const line of text.split('\r\n')) {
    if (Buffer.byteLength(line) > 75) throw new Error(`longer than 75 octets: ${line}`);
    if (line.includes('\uFFFD')) throw new Error('a character was folded apart');
  }
  const lines = text
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n')
    .filter((line) => line !== '');
  const root: Component = { name: '', properties: [], components: [] };
  const open: Component[] = [root];
  for (const line of lines) {
    const [, name = '', value = ''] = /^([A-Z0-9-]+)(?:;[^:"]+(?:="[^"]*")?)*:(.*)$/.exec(line) ?? [];
    const inside = open.at(-1);
    if (name === '' || !inside) throw new Error(`no property: ${line}`);
    if (name === 'BEGIN') {
      const begun: Component = { name: value, properties: [], components: [] };
      (inside.components as Component[]).push(begun);
      open.push(begun);
    } else if (name === 'END') {
      if (open.pop()?.name !== value) throw new Error(`END:${value} ends what did not begin`);
    } else (inside.properties as { name: string; value: string }[]).push({ name, value });
  }
  const [calendar, ...others] = root.components;
  if (open.length !== 1 || !calendar || others.length > 0) throw new Error('not one whole calendar');
  return calendar;
}

/** The one value of a property, as text. */
export function textOf(component: Component, name: string): string {
  const found = component.properties.filter((property) => property.name === name);
  if (found.length !== 1) throw new Error(`${component.name} has ${found.length} ${name}`);
  const value = found[0]?.value ?? '';
  if (/(?<!\\)(?:\\\\)*[,;]/.test(value)) throw new Error(`${name} has an unescaped separator: ${value}`);
  return value.replace(/\\([\\;,nN])/g, (_, escaped: string) => (/n/i.test(escaped) ? '\n' : escaped));
}
