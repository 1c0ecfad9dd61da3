/** iCalendar (RFC 5545): voting as an event, deadlines as reminders. Made the same from the same data. */
import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventTransparency } from 'ical-generator';
import type { PreparedElection, SiteData } from '../data/prepared.ts';
import { fill, textsOf } from '../texts/index.ts';
import type { Lang } from '../texts/index.ts';
import { eventsOf } from './events.ts';

const DAY = 86_400;

/** The calendar of `elections`. */
export function calendarOf(
  data: SiteData,
  elections: readonly PreparedElection[],
  lang: Lang,
  title = fill(textsOf(lang).feeds.title, { organisation: data.organisation.name }),
): string {
  const t = textsOf(lang).feeds;
  const calendar = ical({
    name: title,
    prodId: { company: 'Elekto', product: 'Elections', language: lang.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 6 * 60 * 60,
  });
  for (const election of elections) {
    const events = eventsOf(election, lang, data.generatedAt);
    // What is said of an election changes with what happens in it, not with each build.
    const said = events.findLast(({ at }) => at <= data.generatedAt) ?? events[0];
    for (const event of events) {
      if (event.kind === 'results' || event.kind === 'announced') continue;
      const url = data.siteOrigin + event.path;
      const made = calendar.createEvent({
        id: `${event.id.replace('#', '-').replaceAll('/', '-')}@${hostOf(data.siteOrigin)}`,
        start: new Date(event.at),
        end: new Date(event.at),
        stamp: new Date(said?.at ?? event.at),
        summary: event.title,
        description: data.siteOrigin ? `${event.text}\n${fill(t.vote, { url })}` : event.text,
        transparency: ICalEventTransparency.TRANSPARENT,
      });
      if (data.siteOrigin) made.url(url);
      if (event.kind === 'closes')
        made.createAlarm({ type: ICalAlarmType.display, trigger: DAY, description: event.title });
    }
  }
  return calendar.toString();
}

function hostOf(origin: string): string {
  return origin === '' ? 'elekto' : new URL(origin).host;
}
