import { useState } from 'react';

/** Whether this text was copied, and the handler that does it; where that is not allowed the text is selected instead. */
export function useCopy(text: string): readonly [boolean, () => void] {
  const [copied, setCopied] = useState<string | null>(null);
  const copy = () => {
    const select = () => {
      const shown = document.querySelector('.phrase');
      if (shown) getSelection()?.selectAllChildren(shown);
    };
    if (!navigator.clipboard) return select();
    navigator.clipboard.writeText(text).then(() => setCopied(text), select);
  };
  return [copied === text, copy];
}
