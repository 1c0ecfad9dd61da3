import { useEffect, useState } from 'react';

/** As in rank.css, which a test compares: up to this width the ranking is a sheet that is opened, above it stands beside the list. */
export const SHEET = '(max-width: 52rem)';

/** Whether the screen is wide enough for the ranking to stand beside the candidates; also where nothing tells. */
export function useWide(): boolean {
  const [isWide, setWide] = useState(() => typeof matchMedia === 'undefined' || !matchMedia(SHEET).matches);
  useEffect(() => {
    const query = matchMedia(SHEET);
    const follow = () => setWide(!query.matches);
    follow();
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, []);
  return isWide;
}
