/** The status of a connection as a person sees it, over time. */
import { Observable } from "../base/observable.js";
import type { ConnectionState } from "./connection-state.js";

const OFFLINE_AFTER = 5_000;

export class Status {
  readonly state = new Observable<ConnectionState>({ status: "connecting", since: Date.now() });
  #timer: ReturnType<typeof setTimeout> | undefined;

  set(status: ConnectionState["status"]): void {
    if (this.state.get().status !== status) this.state.set({ status, since: Date.now() });
  }

  live(): void {
    this.stop();
    this.set("live");
  }

  /** `offline` if it is not `live` within 5 s. */
  pending(status: "connecting" | "reconnecting"): void {
    this.set(status);
    this.stop();
    this.#timer = setTimeout(() => this.set("offline"), OFFLINE_AFTER);
  }

  /** Leaves the status as it is. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
