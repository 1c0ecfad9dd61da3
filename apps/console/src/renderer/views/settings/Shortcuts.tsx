import { useHost } from '../../host/host-context.ts';

const MENU = [
  ['Home', '0'],
  ['Overview', '1'],
  ['Rehearsal', '2'],
  ['Exceptions', '3'],
  ['Voter roll', '4'],
  ['Turnout', '5'],
  ['Result', '6'],
  ['Publish', '7'],
  ['Announce', '8'],
  ['Record', '9'],
  ['Refresh', 'R'],
  ['Settings', ','],
] as const;

/** What the keyboard does, beyond Tab and Enter. */
export function Shortcuts() {
  const desktop = useHost().kind === 'desktop';
  const mac = navigator.platform.startsWith('Mac');
  const rows: readonly (readonly [string, string])[] = [
    ['Find an election, a page, a person, or do something', `${mac ? '⌘' : 'Ctrl'} K`],
    ['Show this list', '?'],
    ['Next and previous exception request', '↓ ↑ or J K'],
    ['Approve, decline, ask for more', 'A D M'],
    ['Take the last decision back', 'Z'],
    ['First and last exception request', 'Home End'],
    ['Move through the pairwise table', '← ↑ → ↓'],
    ['Close a dialog', 'Esc'],
    ...(desktop ? MENU.map(([name, key]) => [name, `${mac ? '⌘' : 'Ctrl'} ${key}`] as const) : []),
  ];
  return (
    <table className="table shortcuts">
      <thead>
        <tr>
          <th scope="col">To do</th>
          <th scope="col">Press</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, keys]) => (
          <tr key={name}>
            <td>{name}</td>
            <td>
              <kbd>{keys}</kbd>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
