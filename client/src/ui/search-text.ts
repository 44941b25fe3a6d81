/** Text as it is compared in searches: without case and accents. */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Whether every word of the search occurs in the text. */
export function matches(text: string, search: string): boolean {
  const content = folded(text);
  return folded(search)
    .split(/\s+/)
    .every((word) => content.includes(word));
}
