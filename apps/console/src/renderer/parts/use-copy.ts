import { useHost } from '../host/host-context.ts';
import texts from '../texts/said.json' with { type: 'json' };
import { useToast } from './toast.tsx';

/** Copies a text and says so, or that it has to be copied by hand; a text that is made first may take a while. */
export function useCopy(): (text: string | Promise<string>, said: string) => void {
  const host = useHost();
  const toast = useToast();
  return (text, said) =>
    void Promise.resolve(text)
      .then((ready) => host.copyText(ready))
      .then(
        () => toast(said),
        () => toast(texts['by-hand']),
      );
}
