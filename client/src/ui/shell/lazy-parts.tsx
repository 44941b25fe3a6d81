/** What is said of parts of the app that did not load, by where they stand. */
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useEffectEvent } from "react";
import type { ComponentType, ReactNode } from "react";
import { Empty } from "../base/empty";
import { lazyPart } from "./lazy";
import { Page } from "./page";
import { PageSkeleton } from "./page-skeleton";

type Load<P> = () => Promise<{ default: ComponentType<P> }>;

/** A whole page. */
export function lazyPage<P extends object>(load: Load<P>): ComponentType<P> {
  return lazyPart(load, {
    waiting: () => <PageSkeleton />,
    failed: (_props, retry) => <PageFailed onRetry={retry} />,
  });
}

interface Closable {
  onClose: () => void;
}

/** A dialog or a menu, called `name`: when it does not load it closes, and is loaded when next opened. */
export function lazyDialog<P extends Closable>(
  name: string,
  load: Load<P>,
  options: { early?: boolean; waiting?: (props: P) => ReactNode } = {},
): ComponentType<P> {
  return lazyPart(load, {
    ...options,
    failed: ({ onClose }) => <DialogFailed name={name} onClose={onClose} />,
  });
}

/** A part of a page, called `name`. */
export function lazySection<P extends object>(name: string, load: Load<P>): ComponentType<P> {
  return lazyPart(load, {
    failed: (_props, retry) => (
      <p role="alert" className="dim">
        {name} did not load.{" "}
        <Button variant="default" size="compact-sm" onClick={retry}>
          Try again
        </Button>
      </p>
    ),
  });
}

export function PageFailed({ onRetry }: { onRetry: () => void }) {
  return (
    <Page title="This page did not load">
      <Empty title="Something is missing">
        <p>There may be no connection, or a new version of the app. What you typed is kept.</p>
        <Button mt="md" onClick={onRetry}>
          Try again
        </Button>{" "}
        <Button mt="md" variant="default" onClick={() => location.reload()}>
          Load the app again
        </Button>
      </Empty>
    </Page>
  );
}

function DialogFailed({ name, onClose }: { name: string; onClose: () => void }) {
  const sayAndClose = useEffectEvent(() => {
    notifications.show({
      id: `not loaded ${name}`,
      color: "var(--danger)",
      autoClose: 6_000,
      message: `${name} did not load. Open it again when there is a connection.`,
    });
    onClose();
  });
  useEffect(() => sayAndClose(), []);
  return null;
}
