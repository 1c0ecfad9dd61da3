import { useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { useMutation } from '@tanstack/react-query';
import { phrase } from '@elekto/words';
import type { CountRepository } from '../../../shared/count.ts';
import { confirmedPlace, folderName, isOwnFolder, type NamedPlace } from '../../../shared/place.ts';
import { useDefinition } from '../../backend/queries.ts';
import type { HostCounts } from '../../host/host.ts';
import { Button } from '../../parts/Button.tsx';
import { ErrorNotice, Notice } from '../../parts/Notice.tsx';
import texts from '../../texts/count.json' with { type: 'json' };

interface Props {
  readonly election: string;
  /** Why it is asked once more; nothing the first time. */
  readonly because?: string | undefined;
  readonly counts: HostCounts;
  readonly onChanged: () => void;
}

/** Asks once where the elections are; whoever names another place later is refused. */
export function ChooseRepository({ election, because, counts, onChanged }: Props) {
  const { data } = useDefinition(election);
  const source = data?.meta.url ?? null;
  if (data === undefined || source === null)
    return (
      <Notice tone="warn" title={texts.repository.title}>
        {data === undefined ? null : <p>{texts.repository.none}</p>}
      </Notice>
    );
  const levels = election.split('---').length;
  const folder = data.folder.split('/').slice(0, -levels).join('/');
  return (
    <Place
      named={{ source, branch: data.meta.branch, folder }}
      because={because}
      counts={counts}
      onChanged={onChanged}
    />
  );
}

/** The question with everything that is remembered by the answer: address, branch and folder. */
function Place({
  named,
  because,
  counts,
  onChanged,
}: Pick<Props, 'because' | 'counts' | 'onChanged'> & { readonly named: CountRepository }) {
  const [typed, setTyped] = useState({ branch: '', folder: '' });
  const choose = useMutation({
    mutationFn: (place: NamedPlace) => counts.chooseRepository(place),
    onSuccess: (refused) => (refused === null ? onChanged() : undefined),
  });
  const { branch } = named;
  const folder = folderName(named.folder);
  const isBranchNamed = typed.branch.trim() !== '';
  return (
    <Notice tone="warn" title={texts.repository.title}>
      {because === undefined ? null : <p role="alert">{because}</p>}
      <p>{phrase(texts.repository.text, { source: named.source }, 'en')}</p>
      {branch === null ? null : (
        <Typed
          text={phrase(texts.repository.branch.text, { branch }, 'en')}
          label={texts.repository.branch.label}
          value={typed.branch}
          onChange={(text) => setTyped({ ...typed, branch: text })}
        />
      )}
      {isOwnFolder(named) ? (
        <Typed
          text={phrase(texts.repository.folder.text, { folder }, 'en')}
          label={texts.repository.folder.label}
          value={typed.folder}
          onChange={(text) => setTyped({ ...typed, folder: text })}
        />
      ) : null}
      <p>
        {isBranchNamed
          ? phrase(texts.repository.named, { branch: typed.branch.trim(), folder }, 'en')
          : phrase(texts.repository.default, { folder }, 'en')}
      </p>
      {choose.error === null ? null : <ErrorNotice error={choose.error} />}
      {choose.data?.message === undefined ? null : <p role="alert">{choose.data.message}</p>}
      <Button
        tone="primary"
        isDisabled={confirmedPlace({ ...named, typed }) === null}
        isPending={choose.isPending}
        onPress={() => choose.mutate({ ...named, typed })}
      >
        {texts.repository.action}
      </Button>
    </Notice>
  );
}

/** What the server says, and the name that the officer types where they have found it to be so. */
function Typed({
  text,
  label,
  value,
  onChange,
}: {
  readonly text: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <>
      <p>{text}</p>
      <TextField className="field" value={value} onChange={onChange} autoComplete="off" spellCheck="false">
        <Label>{label}</Label>
        <Input />
      </TextField>
    </>
  );
}
