import { Button } from "@mantine/core";
import { Component } from "react";
import type { ReactNode } from "react";
import { Empty } from "./empty";
import { Page } from "./page";

interface Props {
  /** The address: another page may work. */
  at: string;
  children: ReactNode;
}

interface State {
  failed: boolean;
  at: string;
}

/** Shows what to do when a page cannot be drawn: mostly, a part of it could not be loaded. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false, at: this.props.at };

  static getDerivedStateFromProps({ at }: Props, before: State): State | null {
    return at === before.at ? null : { failed: false, at };
  }

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Page title="This page did not load">
        <Empty title="Something is missing">
          <p>There may be no connection, or a new version of the app. What you typed is kept.</p>
          <Button mt="md" onClick={() => location.reload()}>
            Load again
          </Button>
        </Empty>
      </Page>
    );
  }
}
