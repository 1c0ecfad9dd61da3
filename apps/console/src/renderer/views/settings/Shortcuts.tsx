import { useHost } from '../../host/host-context.ts';

const MENU = [
  ['Home', '0'],
  ['Turnout', '1'],
  ['Exceptions', '2'],
  ['Voter roll', '3'],
  ['Result', '4'],
  ['Publish', '5'],
  ['Rehearsal', '6'],
  ['Record', '7'],
  ['Refresh', 'R'],
  ['Settings', ','],
] as const;

/** What the keyboard does, beyond Tab and Enter. */
export function Shortcuts() {
  const desktop = useHost().kind === 'desktop';
  const mac = navigator.platform.startsWith('Mac');
  const rows: readonly (readonly [string, string])[] = [
    ['Next and previous exception request', '↓ ↑'],
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
