import { useBallot } from './context.ts';

/** Where the voter is: three steps, the present one marked in words for screen readers too. */
export function Steps({ at }: { readonly at: 0 | 1 | 2 }) {
  const { page } = useBallot();
  const { rank, review, done } = page.texts.ballot.steps;
  return (
    <ol className="steps">
      {[rank, review, done].map((name, i) => (
        <li
          key={name}
          className={i < at ? 'past' : i === at ? 'now' : ''}
          aria-current={i === at ? 'step' : undefined}
        >
          {name}
        </li>
      ))}
    </ol>
  );
}
