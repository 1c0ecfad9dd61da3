import { useState } from 'react';
import { sameLogin } from '@elekto/election';
import type { Ceremonies, KeysState, OwnKey } from '../../../shared/keys.ts';
import type { HostKeys } from '../../host/host.ts';
import { Button } from '../../parts/Button.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { MakeKey } from './MakeKey.tsx';
import { officerFile } from './officer-file.ts';
import { ProposeFile } from './ProposeFile.tsx';
import { RecoverKey } from './RecoverKey.tsx';

interface Props {
  readonly keys: HostKeys;
  readonly state: KeysState;
  readonly login: string;
  readonly ceremonies: Ceremonies | null;
}

type Doing = 'nothing' | 'making' | 'recovering';

/** Whether this computer has the officer's key, and the one thing to do about it. */
export function MyKey({ keys, state, login, ceremonies }: Props) {
  const [doing, setDoing] = useState<Doing>('nothing');
  const done = (): void => setDoing('nothing');
  const own = ownKey(state.keys, login, ceremonies);
  const others = state.keys.at(-1);
  return (
    <Panel title="My key">
      {state.canKeep ? null : <NoKeyring />}
      {!state.canKeep ? null : doing === 'making' ? (
        <MakeKey keys={keys} onDone={done} />
      ) : doing === 'recovering' ? (
        <RecoverKey keys={keys} onDone={done} />
      ) : own === undefined ? (
        <>
          {others === undefined ? null : <OfAnother known={others.login} login={login} />}
          <p className="reading">
            With a key of your own you hold a share of the key that opens the ballots. It is made on this
            computer and stays here. It takes about a minute, a pen and a piece of paper.
          </p>
          <div className="actions">
            <Button tone={others === undefined ? 'primary' : 'plain'} onPress={() => setDoing('making')}>
              Make my key
            </Button>
            <Button onPress={() => setDoing('recovering')}>I have twelve words</Button>
          </div>
        </>
      ) : own.opens ? (
        <>
          <HaveKey own={{ ...own, login }} ceremonies={ceremonies} />
          <div className="ceremony-step">
            <p className="reading">
              An election that is sealed to an older key of yours needs that one, too: its twelve words bring
              it back, and this one stays.
            </p>
            <div className="actions">
              <Button onPress={() => setDoing('recovering')}>I have twelve words</Button>
            </div>
          </div>
        </>
      ) : (
        <Notice tone="bad" title="This computer does not open your key any more">
          <p>Its keyring was changed or reset. The twelve words on your paper bring the key back.</p>
          <Button tone="primary" onPress={() => setDoing('recovering')}>
            Bring it back
          </Button>
        </Notice>
      )}
    </Panel>
  );
}

/**
 * The key that the repository gives to this login, or that was made under it: whose account was renamed has it still, and an older one
 * that was brought back is not what the repository is to name.
 */
function ownKey(keys: readonly OwnKey[], login: string, ceremonies: Ceremonies | null): OwnKey | undefined {
  const published = ceremonies?.officers.find((officer) => sameLogin(officer.login, login));
  const named = keys.findLast(({ sign }) => sign === published?.sign);
  return named?.opens === true ? named : (keys.findLast((key) => sameLogin(key.login, login)) ?? named);
}

/** Said before somebody whose account was renamed makes a second key, with which no share opens. */
function OfAnother({ known, login }: { known: string; login: string }) {
  return (
    <Notice tone="warn" title={`This computer has the key of ${known}`}>
      <p>
        If {known} is your old name, make no other key: ask whoever keeps the repository to rename{' '}
        <code>officers/{known}.json</code> to <code>{login}.json</code>, and the login in it. Your key and
        your share stay as they are.
      </p>
    </Notice>
  );
}

function NoKeyring() {
  return (
    <Notice tone="warn" title="This computer has no keyring that could keep a key">
      <p>
        Other programs could read a key here, so none is made. Start a secret service such as GNOME Keyring or
        KWallet and open the console again, or use <code>elekto custody key</code>, which asks for a
        passphrase.
      </p>
    </Notice>
  );
}

function HaveKey({ own, ceremonies }: { own: OwnKey; ceremonies: Ceremonies | null }) {
  const published = ceremonies?.officers.find(({ login }) => sameLogin(login, own.login));
  const isSame = published?.sign === own.sign && published.receive === own.receive;
  const name = `${own.login}.json`;
  if (ceremonies === null) return <p>Your key is on this computer.</p>;
  if (isSame) return <p>Your key is on this computer, and its public half is in the repository.</p>;
  const folder = ceremonies.folder ?? '';
  return (
    <>
      <Notice
        tone={published === undefined ? 'info' : 'warn'}
        title={
          published === undefined
            ? 'The others cannot see your key yet'
            : 'The repository has another key for you'
        }
      >
        <p>
          {published === undefined
            ? 'Propose its public half; when that is merged, a ceremony can begin with you.'
            : 'If you lost that one, propose this instead. Ceremonies that began with the old key still need it: its twelve words bring it back.'}
        </p>
      </Notice>
      <ProposeFile
        meta={ceremonies.meta}
        folder={folder === '' ? 'officers' : `${folder}/officers`}
        name={name}
        text={officerFile(own)}
        isNew={published === undefined}
      />
    </>
  );
}
