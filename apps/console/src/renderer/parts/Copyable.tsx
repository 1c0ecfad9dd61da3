import { phrase } from '@elekto/words';
import texts from '../texts/said.json' with { type: 'json' };
import { Button } from './Button.tsx';
import { CopyIcon } from './icons.tsx';
import { useCopy } from './use-copy.ts';

interface Props {
  /** What it is, for the toast and for who does not see the picture: "hash of the ballots". */
  readonly what: string;
  readonly text: string;
  /** Less than all of it, where there is no room. */
  readonly shown?: string;
  readonly className?: string;
}

/** What is copied rather than read (a hash, a key, a command), with the button that copies the whole of it. */
export function Copyable({ what, text, shown = text, className }: Props) {
  return (
    <span className="copyable">
      <code className={className} title={shown === text ? undefined : text}>
        {shown}
      </code>
      <CopyButton what={what} text={text} />
    </span>
  );
}

/** The button alone, beside text that is set otherwise. */
export function CopyButton({ what, text }: Pick<Props, 'what' | 'text'>) {
  const copy = useCopy();
  return (
    <Button
      tone="quiet"
      className="copy no-print"
      aria-label={`Copy ${what}`}
      onPress={() => copy(text, phrase(texts.copied, { what }, 'en'))}
    >
      <CopyIcon className="icon" />
    </Button>
  );
}
