import { useState } from 'react';
import { useToast } from './toast.tsx';

interface Attempt {
  /** What the last action failed with; null when it did not. */
  readonly error: unknown;
  /** Does an action and tells what it says in a toast, where it says something. */
  attempt(action: () => Promise<string | null>): Promise<void>;
}

/** For buttons that reach outside the window: an action that fails leaves its error, for the view to show. */
export function useAttempt(): Attempt {
  const toast = useToast();
  const [error, setError] = useState<unknown>(null);
  const attempt = async (action: () => Promise<string | null>): Promise<void> => {
    setError(null);
    try {
      const said = await action();
      if (said !== null) toast(said);
    } catch (failure) {
      setError(failure);
    }
  };
  return { error, attempt };
}
