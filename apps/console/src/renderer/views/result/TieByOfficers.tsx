import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OpenTie, Outcome } from '@elekto/tally';
import { decisionSentence, phrase, tieSentence, type Names } from '@elekto/words';
import type { CountBox, SignedTie, TieWords } from '../../../shared/count.ts';
import type { ElectionOverview, ElectionResult } from '../../backend/model.ts';
import { useHost } from '../../host/host-context.ts';
import type { HostCounts } from '../../host/host.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice, Notice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useToast } from '../../parts/toast.tsx';
import texts from '../../texts/tie.json' with { type: 'json' };
import { nameList } from '../keys/ceremony-words.ts';
import { ChooseRepository } from './ChooseRepository.tsx';
import { RefusedNotice } from './RefusedNotice.tsx';
import { ConfirmTieDecision } from './ConfirmTieDecision.tsx';
import { CountWork, useEffort } from './CountWork.tsx';
import { isComplete, isSame, TieFields, type TieSaid } from './TieFields.tsx';

interface Props {
  readonly election: ElectionOverview;
  readonly result: ElectionResult;
  readonly names: Names;
}

/** A tie of a count by officers: as many of them as opened it sign with their keys, word for word the same. */
export function TieByOfficers({ election, result: { outcome }, names }: Props) {
  const { counts } = useHost();
  const tie = outcome.seats.openTies[0];
  if (tie === undefined) return null;
  return (
    <Panel title={texts.title} className="no-print">
      <p className="reading">
        {tieSentence(outcome, tie, names, 'en')} {texts.officers.how}
      </p>
      {counts === null ? (
        <p className="reading">{texts.officers.browser}</p>
      ) : (
        <LookedAt
          key={tie.candidates.join(' ')}
          {...{ election: election.key, counts, outcome, tie, names }}
        />
      )}
    </Panel>
  );
}

interface OwnProps {
  readonly election: string;
  readonly counts: HostCounts;
  readonly outcome: Outcome;
  readonly tie: OpenTie;
  readonly names: Names;
}

/** The whole count is checked on this computer before anything about it is signed. */
function LookedAt(props: OwnProps) {
  const { election, counts } = props;
  const client = useQueryClient();
  const running = useEffort(election, counts);
  const queryKey = ['count', election];
  const look = useQuery({ queryKey, queryFn: () => counts.look(election, ''), staleTime: Infinity });
  const again = (): void => void client.invalidateQueries({ queryKey });
  if (look.error !== null) return <ErrorNotice error={look.error} again={() => void look.refetch()} />;
  if (look.data === undefined || look.isFetching) return <CountWork running={running} />;
  const state = look.data;
  if (state.kind === 'repository')
    return <ChooseRepository election={election} because={state.because} counts={counts} onChanged={again} />;
  if (state.kind === 'refused') return <RefusedNotice title={texts.officers.refused} answer={state} />;
  return state.kind === 'box' ? <SignTie {...props} box={state} /> : null;
}

/** What is asked for once more, and which decision of the count it was when it was read. */
interface Asked extends SignedTie {
  readonly number: number;
}

/** First the words, own ones or those of others; then once more, with the winners' names typed, and the key signs. */
function SignTie({ election, counts, outcome, tie, names, box }: OwnProps & { readonly box: CountBox }) {
  const client = useQueryClient();
  const toast = useToast();
  const running = useEffort(election, counts);
  const [own, setOwn] = useState<TieSaid>({ winners: [], how: '' });
  const [asked, setAsked] = useState<Asked | null>(null);
  const { threshold, ties, decision: number } = box;
  const sign = useMutation({
    mutationFn: (words: TieWords) => counts.decideTie(election, words),
    onSuccess: async (said) => {
      if (said.kind !== 'signed') return;
      toast(phrase(texts.officers.signed, { by: said.by, needed: threshold }, 'en'));
      await client.invalidateQueries();
    },
  });
  const isOwnTie = ({ winners }: SignedTie): boolean => winners.every((id) => tie.candidates.includes(id));
  const said: TieSaid = { ...own, how: own.how.trim() };
  const alike = ties.find((each) => isSame(each, said));
  if (sign.isPending) return <CountWork running={running} />;
  return (
    <>
      {sign.error === null ? null : <ErrorNotice error={sign.error} />}
      <RefusedNotice title={texts.officers.refused} answer={sign.data} />
      {sign.data?.kind === 'refused' ? (
        <div className="actions">
          <Button onPress={() => void client.invalidateQueries({ queryKey: ['count', election] })}>
            {texts.officers.again}
          </Button>
        </div>
      ) : null}
      {ties.filter(isOwnTie).map((each) => (
        <Notice
          key={`${each.by.join(' ')} ${each.at}`}
          tone={each.own ? 'info' : 'warn'}
          title={phrase(
            texts.officers.by,
            { by: nameList(each.by), n: each.by.length, needed: threshold },
            'en',
          )}
        >
          <blockquote className="reading">
            {decisionSentence(outcome, { ...tie, winners: each.winners, how: each.how }, names, 'en')}
          </blockquote>
          {each.own ? (
            <p>{texts.officers.waits}</p>
          ) : (
            <Button tone="primary" onPress={() => setAsked({ ...each, number })}>
              {texts.officers.same}
            </Button>
          )}
        </Notice>
      ))}
      <TieFields tie={tie} names={names} said={own} onChange={setOwn} />
      <Button
        tone="primary"
        isDisabled={!isComplete(own, tie)}
        onPress={() => setAsked({ ...(alike ?? { ...said, at: 0, by: [], own: false }), number })}
      >
        {texts.officers.sign}
      </Button>
      <ConfirmTieDecision
        open={asked !== null}
        outcome={outcome}
        tie={tie}
        winners={asked?.winners ?? []}
        how={asked?.how ?? ''}
        step={(asked?.by.length ?? 0) + 1 >= threshold ? 'last' : 'signature'}
        number={asked?.number ?? null}
        names={names}
        onConfirm={() => asked !== null && sign.mutate(wordsOf(asked))}
        onOpenChange={(open) => {
          if (!open) setAsked(null);
        }}
      />
    </>
  );
}

/** What was signed before is signed as it was read, with its moment: the files have to be the same. */
const wordsOf = ({ number, winners, how, at, by: [first] }: Asked): TieWords => ({
  ...{ number, winners, how },
  of: first === undefined ? null : { login: first, at },
});
