import { useQueryClient } from '@tanstack/react-query';
import { useBackend } from '../host/host-context.ts';
import { Button } from './Button.tsx';

/** Who is signed in, and the way out. */
export function AccountMenu({ login }: { login: string }) {
  const backend = useBackend();
  const client = useQueryClient();
  const signOut = async (): Promise<void> => {
    await backend.signOut();
    client.clear();
    window.location.hash = '#/';
    await client.invalidateQueries();
  };
  return (
    <div className="account">
      <span className="login">{login}</span>
      <Button tone="quiet" onPress={() => void signOut()}>
        Sign out
      </Button>
    </div>
  );
}
