import type { ElectionOverview } from '../../backend/model.ts';
import { disputeSentence } from '../../lib/published-step.ts';
import { formatUtc } from '../../lib/time.ts';
import { Notice } from '../../parts/Notice.tsx';

interface Props {
  readonly election: ElectionOverview;
  readonly publishedAt: number | null;
}

/** What the server finds in the repository, which is what the public is told. */
export function PublishedState({ election: { published }, publishedAt }: Props) {
  const since = publishedAt === null ? '' : ` on ${formatUtc(publishedAt)}`;
  switch (published.state) {
    case 'signed':
      return (
        <Notice
          tone="good"
          title={publishedAt === null ? 'The repository holds this result' : `Published${since}`}
        />
      );
    case 'report':
      return publishedAt === null ? null : (
        <Notice tone="info" title={`Published as a report${since}`}>
          <p>results.json and ballots.csv can still be added: the pages show the winners then.</p>
        </Notice>
      );
    case 'superseded':
      return (
        <Notice tone="bad" title="The public is told that the result is out of date">
          <p>The files were published before the last decision on a tie. Replace all three by those below.</p>
        </Notice>
      );
    case 'disputed':
      return (
        <Notice tone="bad" title="The public is told that the files are not this result">
          <p>{disputeSentence(published)} Replace all three files by those below.</p>
        </Notice>
      );
    default:
      return publishedAt === null ? null : (
        <Notice tone="warn" title={`Marked as published${since}`}>
          <p>Its folder in the repository holds none of the files.</p>
        </Notice>
      );
  }
}
