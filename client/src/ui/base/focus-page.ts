/** Puts the focus where the page begins: what had it is about to go. */
export function focusPage(): void {
  document.getElementById("main")?.focus({ preventScroll: true });
}
