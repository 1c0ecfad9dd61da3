import type { Activity, Planned } from './activities.ts';

/** A checklist in Markdown, to be pasted where officers work. */
export function checklist(
  planned: Pick<Planned, 'name'>,
  activities: readonly Activity[],
  done: ReadonlySet<string>,
): string {
  const lines = activities.map(
    ({ id, at, what, how }) =>
      `- [${done.has(id) ? 'x' : ' '}] ${dayOf(at)} ${what}${how === '' ? '' : ` (${how})`}`,
  );
  return `${planned.name}\n\n${lines.join('\n')}\n`;
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
