import { useState } from 'react';
import { FileTrigger, Input, Label, TextField } from 'react-aria-components';
import type { Definition } from '../../backend/model.ts';
import { useProvider } from '../../backend/queries.ts';
import { useHost } from '../../host/host-context.ts';
import { isOnGitHub } from '../../lib/github.ts';
import type { Reasons } from '../../lib/reasons.ts';
import { compareRolls, loginsIn, type RollDiff } from '../../lib/roll-text.ts';
import { Button } from '../../parts/Button.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { ChangedLogins } from './ChangedLogins.tsx';

interface Props {
  readonly current: readonly string[];
  readonly commit: string;
  readonly path: string;
  readonly definition: Definition | null;
  readonly reasons: Reasons | 'unreadable' | null;
}

/** Who came and who went since another version: of a file, or of a commit where GitHub can be asked. */
export function CompareVersions({ current, commit, path, definition, reasons }: Props) {
  const { github } = useHost();
  const provider = useProvider();
  const [diff, setDiff] = useState<RollDiff | null>(null);
  const [failed, setFailed] = useState(false);
  const [other, setOther] = useState('');
  const repository = definition?.meta.url ?? null;
  const compare = async (read: () => Promise<string>): Promise<void> => {
    setFailed(false);
    setDiff(null);
    try {
      setDiff(compareRolls(loginsIn(await read()), current, provider));
    } catch {
      setFailed(true);
    }
  };
  return (
    <Panel title="Compare with another version">
      <p className="reading soft">
        This roll is the one of commit <code>{commit.slice(0, 10)}</code>.
      </p>
      <div className="inline-form">
        {github === null || repository === null || !isOnGitHub(definition) ? null : (
          <>
            <TextField className="field narrow" value={other} onChange={setOther}>
              <Label>Commit, tag or branch</Label>
              <Input spellCheck="false" />
            </TextField>
            <Button
              isDisabled={other.trim() === ''}
              onPress={() => void compare(() => github.fetchRoll(repository, other.trim(), path))}
            >
              Compare with it
            </Button>
          </>
        )}
        <FileTrigger
          acceptedFileTypes={['.yaml', '.yml', 'text/yaml']}
          onSelect={(files) => {
            const file = files?.[0];
            if (file) void compare(() => file.text());
          }}
        >
          <Button>Compare with a file ...</Button>
        </FileTrigger>
      </div>
      {failed ? (
        <Notice tone="bad" title="That version could not be read">
          <p>Check its name, and that the repository is public.</p>
        </Notice>
      ) : null}
      {diff === null ? null : <ChangedLogins diff={diff} reasons={reasons} />}
    </Panel>
  );
}
