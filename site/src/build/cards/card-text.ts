/** What the share card of an election says: who is elected where an agreed result says so, else when people vote. */
import { electedIn } from '@elekto/protocol/published';
import { nameOf, say } from '@elekto/words';
import { namesIn } from '../../data/prepared.ts';
import type { PreparedElection } from '../../data/prepared.ts';
import { shortDay } from '../../time.ts';
import type { CardText } from './share-card.ts';

/** Cards are drawn once, in English. `top` names whose elections they are. */
export function cardText(election: PreparedElection, top: string): CardText {
  const elected = electedIn(election.published);
  const names = namesIn(election);
  const bottom =
    elected === null || elected.length === 0
      ? `${shortDay(election.opensAt, 'en')} – ${shortDay(election.closesAt, 'en')}`
      : say('en', 'outcome', 'elected', {
          n: elected.length,
          names: elected.map((id) => nameOf(names, id)),
        });
  return { top, title: election.name, bottom };
}
