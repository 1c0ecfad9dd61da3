/** A patch to read; added and removed lines differ by their sign, not by colour alone. */
export function DiffView({ patch }: { patch: string }) {
  const lines = patch.split('\n');
  const from = lines.findIndex((line) => line.startsWith('@@'));
  return (
    <pre className="diff" tabIndex={0} aria-label="Change of the file">
      {lines.slice(Math.max(0, from), -1).map((line, index) => (
        <span
          key={index}
          className={line.startsWith('+') ? 'plus' : line.startsWith('-') ? 'minus' : undefined}
        >
          {line}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}
