import { useMemo, useState } from 'react';
import { hasEnded } from '@elekto/election';
import type { ElectionOverview } from '../backend/model.ts';
import { useDefinition, useProvider, useRoll } from '../backend/queries.ts';
import { useHost } from '../host/host-context.ts';
import { areAccountsOfGitHub } from '../lib/github.ts';
import { reasonsFor } from '../lib/reasons.ts';
import { useNow } from '../lib/server-clock.ts';
import { Facts } from '../parts/Facts.tsx';
import { Loading } from '../parts/Loading.tsx';
import { ErrorNotice } from '../parts/Notice.tsx';
import { AccountsOnGitHub } from './roll/AccountsOnGitHub.tsx';
import { AddPeople } from './roll/AddPeople.tsx';
import { ApprovedNotOnRoll } from './roll/ApprovedNotOnRoll.tsx';
import { BuildRoll } from './roll/BuildRoll.tsx';
import { CompareVersions } from './roll/CompareVersions.tsx';
import { RollFindings } from './roll/RollFindings.tsx';
import { RollList } from './roll/RollList.tsx';
import { WhyThesePeople } from './roll/WhyThesePeople.tsx';
import texts from '../texts/exceptions.json' with { type: 'json' };

interface Props {
  readonly election: ElectionOverview;
  /** The login that is looked for. */
  readonly item: string | null;
}

/** Who may vote, who is missing, what looks wrong. Never who has voted. */
export function RollView({ election, item }: Props) {
  const now = useNow();
  const { github, rolls } = useHost();
  const provider = useProvider();
  const roll = useRoll(election.key);
  const definition = useDefinition(election.key);
  const [search, setSearch] = useState(item ?? '');
  const { data } = roll;
  const reasons = useMemo(
    () =>
      data
        ? reasonsFor(
            data.evidence,
            data.voters.map(({ login }) => login),
            data.approved.map(({ login }) => login),
          )
        : null,
    [data],
  );
  if (roll.error && !roll.data) return <ErrorNotice error={roll.error} again={() => void roll.refetch()} />;
  if (!roll.data || definition.isPending) return <Loading what="the roll" />;
  const isOver = hasEnded(election, now);
  const missing = roll.data.approved.filter(({ onRoll }) => !onRoll);
  return (
    <>
      <Facts
        items={[
          ['On the roll', roll.data.voters.length],
          [isOver ? texts.late.short : texts.missing, missing.length],
          ['Findings', roll.data.diagnostics.length],
        ]}
      />
      {election.stage === 'upcoming' && roll.data.voters.length === 0 ? (
        <AddPeople election={election} path={roll.data.file} definition={definition.data ?? null} />
      ) : null}
      <ApprovedNotOnRoll
        election={election}
        logins={missing.map(({ login }) => login)}
        path={roll.data.file}
        definition={definition.data ?? null}
      />
      <RollFindings diagnostics={roll.data.diagnostics} />
      <WhyThesePeople reasons={reasons} isOver={isOver} />
      {rolls === null || isOver ? null : <BuildRoll rolls={rolls} />}
      {github === null || !areAccountsOfGitHub(provider) ? null : (
        <AccountsOnGitHub github={github} logins={roll.data.voters.map(({ login }) => login)} />
      )}
      <CompareVersions
        current={roll.data.voters.map(({ login }) => login)}
        commit={roll.data.commit}
        path={roll.data.file}
        definition={definition.data ?? null}
        reasons={reasons}
      />
      <RollList voters={roll.data.voters} reasons={reasons} search={search} onSearch={setSearch} />
    </>
  );
}
