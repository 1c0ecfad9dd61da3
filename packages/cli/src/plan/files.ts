/* eslint elekto/words-in-catalogue: off -- for the files of officers, in English as all of them */
import ical, { ICalEventTransparency } from 'ical-generator';
import { Document } from 'yaml';
import { readPlan } from '@elekto/election';
import { CliError } from '../cli-error.ts';
import type { Activity, Planned } from '@elekto/words';

/** Which activities an earlier plan has as done. @throws CliError when it is no plan: it is then not overwritten. */
export function doneIn(path: string, text: string): ReadonlySet<string> {
  const { done } = readPlan(path, text);
  if (done === null)
    throw new CliError(`${path} is no plan that can be read, so it is left alone: move it away first.`);
  return new Set(done);
}

/** plan.yaml. */
export function planYaml(
  planned: Planned,
  activities: readonly Activity[],
  done: ReadonlySet<string>,
): string {
  const document = new Document({
    election: planned.name,
    activities: activities.map(({ id, at, what, how }) => ({
      date: moment(at),
      what,
      ...(how !== '' && { how }),
      id,
      done: done.has(id),
    })),
  });
  document.commentBefore =
    ' Made by "elekto plan" from the dates of election.yaml; run it again when they move. Set "done: true" for what is done.\n All times are UTC.';
  return document.toString({ lineWidth: 0 });
}

/**
 * plan.ics: the same as a calendar (RFC 5545), the same from the same dates. `key` is the election's, so that calendars of two
 * elections of one year do not take each other's place.
 */
export function planCalendar(planned: Planned, activities: readonly Activity[], key: string): string {
  const calendar = ical({
    name: planned.name,
    prodId: { company: 'Elekto', product: 'Plan', language: 'EN' },
  });
  for (const { id, at, what, how } of activities)
    calendar.createEvent({
      id: `${id}-${key}@plan.elekto`,
      start: new Date(at),
      stamp: new Date(planned.opensAt),
      summary: `${planned.name}: ${what}`,
      ...(how !== '' && { description: how }),
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  return `${calendar.toString()}\r\n`;
}

const moment = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
