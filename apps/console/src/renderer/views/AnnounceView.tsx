import { useState } from 'react';
import { Label, TextArea, TextField } from 'react-aria-components';
import { useQuery } from '@tanstack/react-query';
import { phrase } from '@elekto/words';
import type { ElectionOverview } from '../backend/model.ts';
import { useProvider, useRoll } from '../backend/queries.ts';
import { useHost } from '../host/host-context.ts';
import {
  announcementsOf,
  fittingNow,
  MENTIONED_AT_ONCE,
  mentionBatches,
  mentionsLead,
  type Announcement,
} from '../lib/announce.ts';
import { useNow } from '../lib/server-clock.ts';
import { Button } from '../parts/Button.tsx';
import { FoldedPart } from '../parts/FoldedPart.tsx';
import { Loading } from '../parts/Loading.tsx';
import { ErrorNotice } from '../parts/Notice.tsx';
import { Panel } from '../parts/Panel.tsx';
import { useToast } from '../parts/toast.tsx';
import texts from '../texts/announce.json' with { type: 'json' };

/** What to tell people, ready to copy. Nothing is sent. */
export function AnnounceView({ election }: { election: ElectionOverview }) {
  const now = useNow();
  const host = useHost();
  const site = useQuery({ queryKey: ['site'], queryFn: () => host.site() });
  if (site.isPending) return <Loading what="the texts" />;
  const all = announcementsOf(election, site.data ?? null);
  const at = all.findIndex(({ code }) => code === fittingNow(election, now));
  const drafts = (some: readonly Announcement[]) =>
    some.map((announcement) => <Draft key={announcement.code} {...announcement} />);
  return (
    <>
      <p className="reading soft">{texts.lead}</p>
      {drafts(all.slice(at))}
      {at === 0 ? null : <FoldedPart title={texts.passed}>{drafts(all.slice(0, at))}</FoldedPart>}
      <Mentions election={election} />
    </>
  );
}

function Draft({ title, when, text, wait }: Announcement) {
  const host = useHost();
  const toast = useToast();
  const [edited, setEdited] = useState<string | null>(null);
  const shown = edited ?? text;
  return (
    <Panel
      title={title}
      actions={
        shown === null ? null : (
          <>
            <Button isDisabled={edited === null} onPress={() => setEdited(null)}>
              {texts.back}
            </Button>
            <Button
              tone="primary"
              onPress={() =>
                void host.copyText(shown).then(() => toast(phrase(texts.copied, { title }, 'en')))
              }
            >
              {texts.copy}
              <span className="sr-only"> {title}</span>
            </Button>
          </>
        )
      }
    >
      {shown === null ? (
        <p className="soft">{wait}</p>
      ) : (
        <TextField className="field announce-text" value={shown} onChange={setEdited}>
          <Label>{when}</Label>
          <TextArea rows={Math.min(14, shown.split('\n').length + 2)} spellCheck="true" />
        </TextField>
      )}
    </Panel>
  );
}

function Mentions({ election }: { election: ElectionOverview }) {
  const host = useHost();
  const toast = useToast();
  const roll = useRoll(election.key);
  const provider = useProvider();
  if (roll.error && !roll.data) return <ErrorNotice error={roll.error} again={() => void roll.refetch()} />;
  if (!roll.data || provider === undefined) return <Loading what="the roll" />;
  const { mentions: words } = texts;
  const batches = mentionBatches(roll.data.voters, provider);
  return (
    <Panel title={words.title}>
      <p className="reading">{mentionsLead(provider)}</p>
      {batches.length === 0 ? <p className="soft">{words.none}</p> : null}
      <div className="actions">
        {batches.map((batch, index) => {
          const from = index * MENTIONED_AT_ONCE + 1;
          const to = from + batch.split(' ').length - 1;
          return (
            <Button
              key={from}
              onPress={() =>
                void host.copyText(batch).then(() => toast(phrase(words.copied, { from, to }, 'en')))
              }
            >
              {phrase(from === to ? words.one : words.batch, { from, to }, 'en')}
            </Button>
          );
        })}
      </div>
    </Panel>
  );
}
