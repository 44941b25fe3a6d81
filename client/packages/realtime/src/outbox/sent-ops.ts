/** The ops that this page sent, now or lately, and the commits that came of them. */
const KEPT = 1000;

export class SentOps {
  readonly #seqs = new Map<string, number | null>();

  /** Remembers an op that is sent, and later the commit that it became. */
  add(op: string, seq: number | null = null): void {
    this.#seqs.set(op, seq);
    const [oldest] = this.#seqs.keys();
    if (this.#seqs.size > KEPT && oldest !== undefined) this.#seqs.delete(oldest);
  }

  has(op: string | null | undefined): boolean {
    return op != null && this.#seqs.has(op);
  }

  /** Null for an op that is not done, and with a server that numbers no commits. */
  seqOf(op: string): number | null {
    return this.#seqs.get(op) ?? null;
  }
}
