import { useEffect } from 'react';
import { useHost } from './host/host-context.ts';

/** Puts the chosen look in place once; settings change it afterwards. */
export function useTheme(): void {
  const { theme } = useHost();
  useEffect(() => void theme.get(), [theme]);
}
