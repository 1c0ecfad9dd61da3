import { useMemo } from 'react';
import { useMutation } from '@tanstack/react-query';
import { numeral } from '@elekto/words';
import type { RollBuilt } from '../../../shared/roll.ts';
import { useHost } from '../../host/host-context.ts';
import type { HostRolls } from '../../host/host.ts';
import { reasonsFor } from '../../lib/reasons.ts';
import { compareRolls } from '../../lib/roll-text.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice, Notice } from '../../parts/Notice.tsx';
import { useAttempt } from '../../parts/use-attempt.ts';
import { ChangedLogins } from './ChangedLogins.tsx';
import { RuleTable } from './RuleTable.tsx';

interface Props {
  readonly built: Extract<RollBuilt, { readonly kind: 'built' }>;
  readonly rolls: HostRolls;
}

/** What was built, against the voters.yaml of the folder; nothing is written before the officer says so. */
export function BuiltRoll({ built: { voters, before, evidence, summary }, rolls }: Props) {
  const host = useHost();
  const { error, attempt } = useAttempt();
  const write = useMutation({ mutationFn: () => rolls.write() });
  const reasons = useMemo(() => reasonsFor(evidence, voters, []), [evidence, voters]);
  const diff = useMemo(() => compareRolls(before ?? [], voters), [before, voters]);
  return (
    <section className="built-roll" aria-label="The roll that was built">
      <p role="status">
        <b>
          {voters.length === 1 ? '1 person may vote.' : `${numeral(voters.length, 'en')} people may vote.`}
        </b>{' '}
        {before === null
          ? 'There was no voters.yaml in the folder.'
          : diff.added.length + diff.removed.length === 0
            ? 'The voters.yaml in the folder says the same.'
            : 'The voters.yaml in the folder says something else:'}
      </p>
      {reasons === null || reasons === 'unreadable' ? null : <RuleTable rules={reasons.rules} />}
      {before === null ? null : <ChangedLogins diff={diff} reasons={reasons} />}
      {error === null ? null : <ErrorNotice error={error} />}
      <div className="actions">
        <Button
          tone="primary"
          isPending={write.isPending}
          isDisabled={write.data === null}
          onPress={() => write.mutate()}
        >
          Write voters.yaml and roll-evidence.csv
        </Button>
        <Button onPress={() => void attempt(async () => (await host.copyText(summary), 'Summary copied'))}>
          Copy the summary for the pull request
        </Button>
      </div>
      {write.data === null ? (
        <Notice tone="good" title="Written into the folder">
          <p>Commit both files with roll.yaml, and propose the change as any other.</p>
        </Notice>
      ) : write.data === undefined ? null : (
        <Notice tone="bad" title="Nothing was written">
          <p>{write.data.message}</p>
        </Notice>
      )}
    </section>
  );
}
