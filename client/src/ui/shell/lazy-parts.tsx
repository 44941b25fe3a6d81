/** What is said of parts of the app that did not load, by where they stand. */
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useConnection } from "@spotter/realtime/react";
import { useEffect, useEffectEvent } from "react";
import type { ComponentType, ReactNode } from "react";
import { Empty } from "../base/empty";
import { useFocusBack } from "../base/use-focus-back";
import { lazyPart } from "./lazy";
import { Page } from "./page";
import { PageSkeleton } from "./page-skeleton";
import { texts } from "./texts";

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

/** A dialog or a menu, called what `name` gives: when it does not load it closes, and is loaded when next opened. */
export function lazyDialog<P extends Closable>(
  name: () => string,
  load: Load<P>,
  options: { early?: boolean; waiting?: (props: P) => ReactNode } = {},
): ComponentType<P> {
  const Part = lazyPart(load, {
    ...options,
    failed: ({ onClose }) => <DialogFailed name={name()} onClose={onClose} />,
  });
  return function Dialog(props: P) {
    useFocusBack();
    return <Part {...props} />;
  };
}

/** A part of a page, called what `name` gives. */
export function lazySection<P extends object>(name: () => string, load: Load<P>): ComponentType<P> {
  return lazyPart(load, {
    failed: (_props, retry) => (
      <p role="alert" className="dim">
        {texts.didNotLoad(name())}{" "}
        <Button variant="default" size="compact-sm" onClick={retry}>
          {texts.tryAgain}
        </Button>
      </p>
    ),
  });
}

export function PageFailed({ onRetry }: { onRetry: () => void }) {
  const { status } = useConnection();
  return (
    <Page title={texts.pageNotLoaded}>
      <Empty title={status === "offline" ? texts.partNeedsNet : texts.partMissing}>
        <p>
          {texts.tryFirst} {texts.typedIsKept}
        </p>
        <Button mt="md" onClick={onRetry}>
          {texts.tryAgain}
        </Button>{" "}
        <Button mt="md" variant="default" onClick={() => location.reload()}>
          {texts.loadAppAgain}
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
      message: texts.openAgain(name),
    });
    onClose();
  });
  useEffect(() => sayAndClose(), []);
  return null;
}
