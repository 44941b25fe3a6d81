/** A line of the document, in which names stand between backticks. */
export function Said({ text }: { text: string }) {
  return text.split("`").map((part, at) =>
    // Every other part stands between two.
    // oxlint-disable-next-line no-array-index-key
    at % 2 === 1 ? <code key={at}>{part}</code> : part,
  );
}
