import type { ElectionOverview, PublicResult } from '../../backend/model.ts';
import { useDefinition, usePublicResult } from '../../backend/queries.ts';
import { limitIn, namesIn } from '../../lib/pinned.ts';
import { Facts } from '../../parts/Facts.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { ErrorNotice, Notice } from '../../parts/Notice.tsx';
import { seatedOf } from '@elekto/protocol/published';
import { say } from '@elekto/words';
import { OutcomePanels } from './OutcomePanels.tsx';
import { SeatsTold } from './SeatsTold.tsx';

/** The result of an election that was not held on this server, as its folder tells it and as far as that adds up. */
export function PublishedElsewhere({ election }: { election: ElectionOverview }) {
  const published = usePublicResult(election.key);
  const definition = useDefinition(election.key);
  if (published.error && !published.data)
    return <ErrorNotice error={published.error} again={() => void published.refetch()} />;
  if (!published.data || definition.isPending) return <Loading what="the published result" />;
  const { data } = published;
  const seated = seatedOf(data);
  if (seated === null || (data.state !== 'signed' && data.state !== 'recounted'))
    return <NoAgreedResult published={data} />;
  const { outcome, recount, file } = data;
  const manifest = file?.manifest ?? null;
  const names = namesIn(definition.data ?? null, manifest);
  return (
    <>
      <SeatsTold outcome={seated} names={names} decisions={file?.tieDecisions ?? []} />
      <Facts
        items={[
          [say('en', 'turnout', 'cast'), String(outcome.counts.cast)],
          ['Seats', outcome.seats.available],
          ['Method', say('en', 'methods', outcome.method)],
          ['Signed by', <Signer key="signer" published={data} />],
        ]}
      />
      {recount === null ? (
        <Notice tone="info" title="Its ballots are not published">
          <p>What is shown is what was signed. Nobody can count it again.</p>
        </Notice>
      ) : (
        <OutcomePanels outcome={recount} names={names} limit={manifest === null ? null : limitIn(manifest)} />
      )}
    </>
  );
}

type Agreed = Extract<PublicResult, { state: 'signed' | 'recounted' }>;

function Signer({ published }: { published: Agreed }) {
  if (published.state === 'signed') return published.heldOn?.server ?? <>This server</>;
  return published.file === null ? <>Nobody</> : <>A key that nobody here knows</>;
}

/** The note above says what is there and what to do; here is only that no winner is named. */
function NoAgreedResult({ published }: { published: PublicResult }) {
  return published.state === 'disputed' ? (
    <Notice tone="bad" title="No winner is shown">
      <p>The files in its folder do not agree, so nobody can say by them who was elected.</p>
    </Notice>
  ) : (
    <Notice tone="info" title="No result that can be checked">
      <p>
        {published.state === 'report'
          ? 'The officers’ report stands on the page of the election.'
          : 'Ballots or a signed result in its folder would be counted and shown here.'}
      </p>
    </Notice>
  );
}
