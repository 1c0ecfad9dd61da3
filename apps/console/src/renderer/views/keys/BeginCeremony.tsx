import { useState, type SubmitEvent } from 'react';
import { Checkbox, CheckboxGroup, Input, Label, Text, TextField } from 'react-aria-components';
import { useMutation } from '@tanstack/react-query';
import { phrase } from '@elekto/words';
import type { Ceremonies } from '../../../shared/keys.ts';
import type { HostKeys } from '../../host/host.ts';
import { Button } from '../../parts/Button.tsx';
import { FoldedPart } from '../../parts/FoldedPart.tsx';
import { ErrorNotice, Notice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import texts from '../../texts/keys.json' with { type: 'json' };
import { nameList } from './ceremony-words.ts';
import { ProposeFile } from './ProposeFile.tsx';

/** The fewest officers with whom one can stay away and nobody opens ballots alone. */
const FEWEST = 3;

/** The year, or the first of year-2, year-3 and so on that no file has. */
function freeName(year: string, taken: (name: string) => boolean): string {
  let name = year;
  for (let number = 2; taken(name); number += 1) name = `${year}-${number}`;
  return name;
}

/** Prepares the custody file of a new ceremony from the keys that officers have published. */
export function BeginCeremony({ keys, all }: { keys: HostKeys; all: Ceremonies }) {
  const year = new Date().getUTCFullYear();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [until, setUntil] = useState(`${year + 1}-12-31`);
  const taken = (name: string): boolean =>
    [...all.ceremonies, ...all.unreadable].some(({ file }) => file === `keys/${name}.json`);
  const [name, setName] = useState(() => freeName(`${year}`, taken));
  const threshold = Math.floor(chosen.length / 2) + 1;
  const begin = useMutation({
    mutationFn: () => keys.beginCeremony({ officers: chosen, threshold, until, rehearsal: false }),
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!begin.isPending) begin.mutate();
  };
  if (all.officers.length < FEWEST)
    return (
      <Panel title="New ceremony">
        <p className="reading">
          A ceremony needs the keys of at least three officers in the repository; {all.officers.length} of
          them are there. Each officer makes theirs under My key.
        </p>
      </Panel>
    );
  const folder = all.folder === null || all.folder === '' ? 'keys' : `${all.folder}/keys`;
  return (
    <Panel title="New ceremony">
      <FoldedPart
        title="Begin a ceremony"
        open={all.ceremonies.every(({ state, step }) => state === 'void' || step === 'over')}
      >
        <form onSubmit={submit}>
          <CheckboxGroup className="field" value={[...chosen]} onChange={setChosen}>
            <Label>Officers who hold the key together</Label>
            <div className="checks">
              {all.officers.map(({ login }) => (
                <Checkbox key={login} value={login} className="check">
                  {login}
                </Checkbox>
              ))}
            </div>
          </CheckboxGroup>
          <TextField className="field" value={name} onChange={setName}>
            <Label>Name of the file</Label>
            <Input pattern="[A-Za-z0-9][A-Za-z0-9._\-]*" />
            {taken(name) ? (
              <Text slot="description">There is a ceremony of this name: a new one takes a new file.</Text>
            ) : null}
          </TextField>
          <TextField className="field" value={until} onChange={setUntil}>
            <Label>Elections may open with it until</Label>
            <Input pattern="[0-9]{4}-[0-9]{2}-[0-9]{2}" />
          </TextField>
          <p className="reading">
            {chosen.length < FEWEST
              ? 'Choose at least three.'
              : `Any ${threshold} of these ${chosen.length} open a count together; fewer see nothing.`}
          </p>
          <Button
            type="submit"
            isPending={begin.isPending}
            isDisabled={chosen.length < FEWEST || taken(name)}
          >
            Prepare the file
          </Button>
        </form>
        {begin.error ? <ErrorNotice error={begin.error} /> : null}
        {begin.data?.why ? (
          <Notice tone="bad" title={texts.begin.refused}>
            <p>{begin.data.why}</p>
          </Notice>
        ) : null}
        {begin.data === undefined || begin.data.unknown.length === 0 ? null : (
          <Notice tone="bad" title={texts.begin.refused}>
            <p>{phrase(texts.begin.unknown, { missing: nameList(begin.data.unknown) }, 'en')}</p>
          </Notice>
        )}
        {begin.data === undefined || begin.data.unchecked.length === 0 ? null : (
          <Notice tone="warn" title={texts.begin.unchecked.title}>
            <p>{texts.begin.unchecked.text}</p>
            <ul aria-label={texts.begin.unchecked.list}>
              {begin.data.unchecked.map(({ login, sign }) => (
                <li key={login}>
                  {login}: <code>{sign}</code>
                </li>
              ))}
            </ul>
          </Notice>
        )}
        {begin.data?.text ? (
          <ProposeFile meta={all.meta} folder={folder} name={`${name}.json`} text={begin.data.text} isNew />
        ) : null}
      </FoldedPart>
    </Panel>
  );
}
