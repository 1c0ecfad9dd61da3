import { useHost } from '../../host/host-context.ts';
import { Button } from '../../parts/Button.tsx';
import { splitLinks } from './split-links.ts';

/** What a person wrote, its https addresses as links that open in the system's browser, each shown in full. */
export function LinkedText({ text }: { text: string }) {
  const host = useHost();
  return (
    <p className="reason">
      {splitLinks(text).map(({ at, part, isLink }) =>
        isLink ? (
          <Button key={at} tone="quiet" className="inline" onPress={() => void host.openExternal(part)}>
            {part}
          </Button>
        ) : (
          part
        ),
      )}
    </p>
  );
}
