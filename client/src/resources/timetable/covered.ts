/** Whether something lies over the page that keys are meant for. */
export function isCovered(): boolean {
  return document.querySelector("[role='dialog'], [role='menu']") !== null;
}
