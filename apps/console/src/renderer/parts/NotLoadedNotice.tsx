import texts from '../texts/not-loaded.json' with { type: 'json' };
import { Button } from './Button.tsx';
import { Notice } from './Notice.tsx';

interface Props {
  /** How often it was asked for again, in vain. */
  readonly tries: number;
  readonly onRetry: () => void;
}

/** In the place of a part whose file did not come. The whole page is loaded anew only by somebody who was told what that costs. */
export function NotLoadedNotice({ tries, onRetry }: Props) {
  return (
    <div className="not-loaded">
      <Notice tone="bad" title={texts.title}>
        <p>{tries === 0 ? texts.why : texts.updated}</p>
        <div className="actions">
          <Button tone="primary" onPress={onRetry}>
            {texts.again}
          </Button>
          {tries === 0 ? null : <Button onPress={() => window.location.reload()}>{texts.anew}</Button>}
        </div>
      </Notice>
    </div>
  );
}
