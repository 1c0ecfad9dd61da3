import { useEffect, useState } from 'react';
import { takeFile } from './lib/dropped-file.ts';
import { goTo } from './lib/route.ts';

/** Fields for files take what is dropped on them themselves. */
const isField = ({ target }: DragEvent): boolean =>
  target instanceof Element && target.closest('input[type="file"]') !== null;
const hasFile = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

/** Counts a file that is dropped anywhere on the window; true while one is held over it. Nothing that is dropped is opened. */
export function useFileDrop(): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (isField(event) || !hasFile(event)) return;
      event.preventDefault();
      setHeld(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setHeld(false);
    };
    const drop = (event: DragEvent): void => {
      setHeld(false);
      // Words may be dragged into a field.
      if (isField(event) || !hasFile(event)) return;
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file === undefined) return;
      takeFile(file);
      goTo({ page: 'count' });
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return held;
}
