import type { Outcome } from "@spotter/realtime";

/** Lets go of refused edits: call it where a page that somebody looks at has just said why. */
export function dismissRefusals(...outcomes: readonly Outcome<unknown>[]): void {
  if (document.visibilityState !== "visible") return;
  for (const outcome of outcomes) if (outcome.status === "refused") outcome.dismiss();
}
