import { useEffect } from "react";
import type { RefObject } from "react";

/** Puts the focus on the first field of a form that appears: on a page, and in a drawer that was open before it. */
export function useFirstField(form: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    const dialog = form.current?.closest("[role='dialog']");
    // A dialog that opens with the form in it has its own way, and goes back to where one was.
    if (dialog && !dialog.querySelector("[data-heading]:focus")) return;
    fieldOf(form.current)?.focus({ preventScroll: true });
  }, [form]);
}

/** The first field; of several that exclude one another the one that is chosen. */
export function fieldOf(form: ParentNode | null | undefined): HTMLElement | null | undefined {
  const first = form?.querySelector<HTMLInputElement>("input, textarea");
  return first?.type === "radio"
    ? (form?.querySelector<HTMLElement>("input[type='radio']:checked") ?? first)
    : first;
}
