import type { SyntheticEvent } from "react";
import { flushSync } from "react-dom";

/** Lets `say` draw what is wrong with the fields of a form, and goes to the first of them. */
export function showWrong(form: ParentNode | null | undefined, say: () => void = () => {}): void {
  // What is wrong has to be shown to be found.
  flushSync(say);
  const wrong = form?.querySelector<HTMLElement>("[aria-invalid='true'], [role='alert']");
  if (!wrong) return;
  const isField = wrong.getAttribute("role") !== "alert";
  // What is said of several together stands beside them; of none of them, in the form itself.
  const beside = wrong.parentElement === form ? null : wrong.parentElement;
  const field = isField ? wrong : beside?.querySelector<HTMLElement>("input, button");
  field?.focus({ preventScroll: true });
  (field ?? wrong).scrollIntoView({ block: "center" });
}

/** For forms of the library: what to do when rules say that fields are wrong. */
export function notFilledIn(
  _errors: unknown,
  _values: unknown,
  event: SyntheticEvent<HTMLFormElement> | undefined,
): void {
  showWrong(event?.currentTarget);
}
