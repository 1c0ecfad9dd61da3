/** One line at the foot of the window that says what was just done, and may take it back; announced, never in the way. */
import { createContext, useCallback, useContext, useEffect, useState, type ReactNode } from 'react';
import { Button } from './Button.tsx';

export interface ToastAction {
  readonly label: string;
  /** The key that does the same where it was done. */
  readonly key: string;
  readonly act: () => void;
}

type Show = (message: string, action?: ToastAction) => void;

const ToastContext = createContext<Show>(() => undefined);

const SHOWN = 6_000;
/** Long enough to see that it was the wrong one, and to reach the button by the keyboard. */
export const UNDO_SHOWN = 15_000;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<{ message: string; id: number; action?: ToastAction } | null>(null);
  const show = useCallback<Show>(
    (message, action) =>
      setToast((last) => ({ message, id: (last?.id ?? 0) + 1, ...(action === undefined ? {} : { action }) })),
    [],
  );
  useEffect(() => {
    if (toast === null) return;
    const timer = setTimeout(() => setToast(null), toast.action === undefined ? SHOWN : UNDO_SHOWN);
    return () => clearTimeout(timer);
  }, [toast]);
  const action = toast?.action;
  return (
    <ToastContext value={show}>
      {children}
      <div className="toast" data-shown={toast !== null}>
        <span role="status" aria-live="polite">
          {toast?.message}
        </span>
        {action === undefined ? null : (
          <Button
            tone="quiet"
            onPress={() => {
              setToast(null);
              action.act();
            }}
          >
            {action.label} <kbd aria-hidden="true">{action.key}</kbd>
          </Button>
        )}
      </div>
    </ToastContext>
  );
}

export function useToast(): Show {
  return useContext(ToastContext);
}
