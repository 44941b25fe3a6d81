/**
 * Parts of the app that are loaded when they are first needed. One that cannot be loaded takes
 * nothing else with it, says so, and is tried again when it is next asked for.
 */
import { lazy, Suspense, useState } from "react";
import type { ComponentType, ReactNode } from "react";
import { ErrorBoundary } from "./error-boundary";

type Load<P> = () => Promise<{ default: ComponentType<P> }>;

interface Options<P> {
  /** Stands there until the part has come. */
  waiting?: (props: P) => ReactNode;
  /** Stands there when the part did not come, or failed. */
  failed: (props: P, retry: () => void) => ReactNode;
  /** Loaded soon after the page itself: it is needed most when there is no connection any more. */
  early?: boolean;
}

const early: (() => Promise<unknown>)[] = [];

export function lazyPart<P extends object>(load: Load<P>, options: Options<P>): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;
  const loadPart = async () => {
    await mendStyles();
    const module = await load();
    loaded = module.default;
    return module;
  };
  if (options.early) early.push(loadPart);
  // A rejected `lazy` stays rejected, so each try has one of its own.
  const begin = () => ({ Content: loaded ?? lazy(loadPart) });
  return function Lazily(props: P) {
    const [{ Content }, setContent] = useState(begin);
    const failed = (retry: () => void) =>
      options.failed(props, () => {
        setContent(begin);
        retry();
      });
    return (
      <ErrorBoundary failed={failed}>
        <Suspense fallback={options.waiting?.(props)}>
          <Content {...props} />
        </Suspense>
      </ErrorBoundary>
    );
  };
}

/** Loads what is needed early. What does not come now is tried again when it is opened. */
export async function loadEarly(): Promise<void> {
  await Promise.allSettled(early.map((load) => load()));
}

/** Vite asks for each style sheet once; those that did not come are asked for again here. */
async function mendStyles(): Promise<void> {
  const links = Array.from(document.querySelectorAll<HTMLLinkElement>("link[rel='stylesheet']"));
  const broken = links.filter((link) => link.dataset["failed"] !== undefined);
  await Promise.all(
    broken.map((link) => {
      const again = link.cloneNode() as HTMLLinkElement;
      delete again.dataset["failed"];
      link.replaceWith(again);
      return new Promise((resolve) => {
        again.addEventListener("load", resolve);
        again.addEventListener("error", resolve);
      });
    }),
  );
}

// These events do not bubble, but are seen on their way down.
addEventListener(
  "error",
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === "stylesheet")
      target.dataset["failed"] = "";
  },
  true,
);
