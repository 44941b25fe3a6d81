import { Component } from "react";
import type { ReactNode } from "react";

interface Props {
  /** What is shown instead of what failed. `retry` draws that again. */
  failed: (retry: () => void) => ReactNode;
  /** Another value is another try. */
  at?: string;
  children: ReactNode;
}

interface State {
  failed: boolean;
  at: string | undefined;
}

/** Keeps what fails within from taking the rest of the app with it. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false, at: this.props.at };

  static getDerivedStateFromProps({ at }: Props, before: State): State | null {
    return at === before.at ? null : { failed: false, at };
  }

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true };
  }

  readonly #retry = () => this.setState({ failed: false });

  override render(): ReactNode {
    return this.state.failed ? this.props.failed(this.#retry) : this.props.children;
  }
}
