import { Component, type ErrorInfo, type ReactNode } from 'react';
import { CrashScreen } from './CrashScreen.tsx';

interface State {
  readonly error: unknown;
}

/** Catches what a view threw while rendering, so that the window never stays empty. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error ?? new Error('Nothing was thrown.') };
  }

  override componentDidCatch(_error: Error, _info: ErrorInfo): void {
    // The screen shows it; nothing is sent anywhere.
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <CrashScreen error={this.state.error} onRetry={() => this.setState({ error: null })} />;
  }
}
