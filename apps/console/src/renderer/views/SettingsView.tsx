import { Label, Radio, RadioGroup } from 'react-aria-components';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Theme } from '../../shared/bridge.ts';
import { useHost } from '../host/host-context.ts';
import { Panel } from '../parts/Panel.tsx';
import { ServersPanel } from './settings/ServersPanel.tsx';
import { Shortcuts } from './settings/Shortcuts.tsx';

const THEMES = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

/** Servers, look, keyboard. */
export function SettingsView() {
  const host = useHost();
  const client = useQueryClient();
  const theme = useQuery({ queryKey: ['theme'], queryFn: () => host.theme.get() });
  return (
    <>
      <header className="page-head">
        <h1>Settings</h1>
      </header>
      {host.accounts === null ? null : (
        <Panel title="Servers">
          <ServersPanel accounts={host.accounts} />
        </Panel>
      )}
      <Panel title="Look">
        <RadioGroup
          className="field radios"
          value={theme.data ?? 'system'}
          onChange={(value) =>
            void host.theme.set(value as Theme).then(() => client.invalidateQueries({ queryKey: ['theme'] }))
          }
        >
          <Label>Colours</Label>
          <div className="radio-row">
            {THEMES.map(([value, word]) => (
              <Radio key={value} value={value} className="radio">
                {word}
              </Radio>
            ))}
          </div>
        </RadioGroup>
      </Panel>
      <Panel title="Keyboard">
        <Shortcuts />
      </Panel>
    </>
  );
}
