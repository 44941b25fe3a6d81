import { fieldOf } from "./use-first-field";

/**
 * The heading of a drawer. What opens puts the focus on it, sometimes twice; it hands it to the first field of the form
 * in the drawer, and keeps it where there is nothing to fill in.
 */
export function DrawerHeading({ children }: { children: string }) {
  return (
    <span
      tabIndex={-1}
      data-autofocus
      data-heading
      onFocus={({ currentTarget }) =>
        fieldOf(currentTarget.closest("[role='dialog']")?.querySelector("form"))?.focus({
          preventScroll: true,
        })
      }
    >
      {children}
    </span>
  );
}
