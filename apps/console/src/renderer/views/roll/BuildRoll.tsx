import { useEffect, useState } from 'react';
import { Checkbox, Input, Label, TextField } from 'react-aria-components';
import { useMutation } from '@tanstack/react-query';
import type { RollBuilt, RollFolder, RollProgress } from '../../../shared/roll.ts';
import type { HostRolls } from '../../host/host.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice, Notice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { BuiltRoll } from './BuiltRoll.tsx';
import { BuildProgress } from './BuildProgress.tsx';

/** `elekto roll build` at the desk: by the rules of a folder in the officer's clone, with a token of the keyring. */
export function BuildRoll({ rolls }: { readonly rolls: HostRolls }) {
  const [folder, setFolder] = useState<RollFolder>({ kind: 'none' });
  const [built, setBuilt] = useState<RollBuilt | null>(null);
  const [progress, setProgress] = useState<RollProgress | null>(null);
  const [token, setToken] = useState('');
  const [keep, setKeep] = useState(true);
  useEffect(() => rolls.onProgress(setProgress), [rolls]);
  const choose = useMutation({
    mutationFn: () => rolls.chooseFolder(),
    onSuccess: (chosen) => {
      setFolder(chosen);
      setBuilt(null);
    },
  });
  const forget = useMutation({ mutationFn: () => rolls.forgetToken(), onSuccess: setFolder });
  const build = useMutation({
    mutationFn: (refresh: boolean) => {
      setProgress(null);
      setBuilt(null);
      const wish = {
        token: token.trim(),
        keep: keep && folder.kind === 'ready' && folder.remembers,
        refresh,
      };
      return rolls.build(wish);
    },
    onSuccess: (made) => {
      setBuilt(made);
      setToken('');
      if (made.kind === 'failed') return;
      if (folder.kind === 'ready' && token.trim() !== '' && keep && folder.remembers)
        setFolder({ ...folder, hasToken: true });
    },
  });
  return (
    <Panel title="Build the roll">
      <p className="reading soft">
        By the rules of <code>roll.yaml</code>, as <code>elekto roll build</code> does: choose the folder of
        this election in your clone of the repository. Every answer is kept, so a build that was stopped goes
        on where it was.
      </p>
      <div className="actions">
        <Button isPending={build.isPending} onPress={() => choose.mutate()}>
          {folder.kind === 'none' ? 'Choose the folder ...' : 'Choose another folder ...'}
        </Button>
        {folder.kind === 'none' ? null : <code>{folder.folder}</code>}
      </div>
      {folder.kind === 'problems' ? (
        <Notice tone="bad" title="The rules cannot be read">
          <ul>
            {folder.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {folder.kind === 'ready' ? (
        <>
          {folder.hasToken ? (
            <p>
              The token for <code>{folder.api}</code> is in this computer’s keyring.{' '}
              <Button tone="quiet" isPending={build.isPending} onPress={() => forget.mutate()}>
                Forget it
              </Button>
            </p>
          ) : (
            <div className="inline-form">
              <TextField className="field" type="password" value={token} onChange={setToken}>
                <Label>Token for {folder.api}</Label>
                <Input autoComplete="off" />
              </TextField>
              {folder.remembers ? (
                <Checkbox className="check" isSelected={keep} onChange={setKeep}>
                  Keep it in the keyring
                </Checkbox>
              ) : (
                <span className="soft">This computer has no keyring: it is used once and forgotten.</span>
              )}
            </div>
          )}
          <div className="actions">
            {build.isPending ? (
              <Button onPress={() => void rolls.stop()}>Stop</Button>
            ) : (
              <>
                <Button tone="primary" onPress={() => build.mutate(false)}>
                  Build the roll
                </Button>
                {built === null ? null : (
                  <Button onPress={() => build.mutate(true)}>Ask for everything anew</Button>
                )}
              </>
            )}
          </div>
        </>
      ) : null}
      {build.isPending ? <BuildProgress progress={progress} /> : null}
      {(choose.error ?? build.error) ? <ErrorNotice error={choose.error ?? build.error} /> : null}
      {built?.kind === 'failed' ? (
        <Notice tone="bad" title="The roll was not built">
          <p>{built.message}</p>
        </Notice>
      ) : null}
      {built?.kind === 'stopped' ? (
        <Notice tone="info" title="Stopped">
          <p>What was read is kept: the next build goes on from here.</p>
        </Notice>
      ) : null}
      {built?.kind === 'built' ? <BuiltRoll built={built} rolls={rolls} /> : null}
    </Panel>
  );
}
