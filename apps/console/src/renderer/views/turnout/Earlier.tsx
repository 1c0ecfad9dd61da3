import { percentWords, phrase, turnoutPercent } from '@elekto/words';
import type { Turnout } from '../../backend/model.ts';
import texts from '../../texts/turnout.json' with { type: 'json' };

interface Props {
  readonly earlier: Turnout['earlier'];
  /** Keys of those whose curve is shown beside. */
  readonly shown: ReadonlySet<string>;
}

/** How earlier elections of the same body ended, as is published. */
export function Earlier({ earlier, shown }: Props) {
  const told = earlier.flatMap(({ key, name, cast, eligible }) => {
    const percent = turnoutPercent(cast, eligible);
    return percent === null || shown.has(key)
      ? []
      : [
          {
            key,
            text: phrase(texts.earlier, { percent: percentWords(percent, 'en'), name, cast, eligible }, 'en'),
          },
        ];
  });
  if (told.length === 0) return null;
  return (
    <ul className="compared">
      {told.map(({ key, text }) => (
        <li key={key}>{text}</li>
      ))}
    </ul>
  );
}
