import type { Ack } from "../protocol/messages.js";
import type { SocketLike } from "../socket/connection-state.js";

export interface Sent {
  event: string;
  args: unknown[];
  /** Answers the request, as the server would. */
  ack: (answer: Partial<Ack> | Record<string, unknown>) => void;
}

/** A socket whose server is the test. */
export class FakeSocket implements SocketLike {
  connected = false;
  active = false;
  auth: unknown = {};
  readonly sent: Sent[] = [];
  readonly #answers = new Map<string, Partial<Ack>>();
  readonly #listeners = new Map<string, ((...args: never[]) => void)[]>();

  on(event: string, listener: (...args: never[]) => void): void {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }

  emit(event: string, ...args: unknown[]): void {
    const ack = args.pop() as Sent["ack"];
    this.sent.push({ event, args, ack });
    const answer = this.#answers.get(event);
    if (answer) ack(answer);
  }

  connect(): void {
    this.active = true;
  }

  disconnect(): void {
    this.active = false;
    this.drop();
  }

  /** The credentials and the cursor that a connection would send now. */
  handshake(): Record<string, unknown> {
    let given: Record<string, unknown> = {};
    (this.auth as (answer: (auth: Record<string, unknown>) => void) => void)((auth) => {
      given = auth;
    });
    return given;
  }

  /** The server says something. */
  receive(event: string, data?: unknown): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(data as never);
  }

  accept(connected: Record<string, unknown> = { data: "id: 1 is connected" }): void {
    this.connected = true;
    this.receive("connected", connected);
  }

  drop(): void {
    if (!this.connected) return;
    this.connected = false;
    this.receive("disconnect", "transport close");
  }

  /** Answers every request of this name so. */
  answer(event: string, answer: Partial<Ack>): void {
    this.#answers.set(event, answer);
  }

  /** What was sent under this name. */
  of(event: string): Sent[] {
    return this.sent.filter((sent) => sent.event === event);
  }

  last(): Sent {
    const sent = this.sent.at(-1);
    if (!sent) throw new Error("Nothing was sent.");
    return sent;
  }
}

/** Lets promises that are settled run on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}
