/** What a connection is made of, and what it tells. */
import type { User } from "../protocol/messages.js";

/** What this library needs of a Socket.IO socket. */
export interface SocketLike {
  connected: boolean;
  /** Whether it connects again by itself. */
  active: boolean;
  auth: unknown;
  on(event: string, listener: (...args: never[]) => void): unknown;
  emit(event: string, ...args: unknown[]): unknown;
  connect(): unknown;
  disconnect(): unknown;
}

export interface ConnectionState {
  /** `reconnecting` becomes `offline` when it takes long enough for a person to notice. */
  readonly status: "connecting" | "live" | "reconnecting" | "offline";
  /** When the status became what it is, in milliseconds since 1970. */
  readonly since: number;
}

export interface Session {
  readonly access: "open" | "public-read" | "required";
  readonly user: User | null;
  readonly sid: string | null;
  /** Whose clock the records' days and hours are of; absent where the server does not say. */
  readonly timezone?: string | null;
}

/** The proof of having signed in, and who that was as far as the application remembers. */
export interface Credentials {
  readonly token: string;
  readonly account: string | null;
}

/** How this connection keeps up: not known yet, by changes, or by whole arrays. */
export type Mode = "unknown" | "synced" | "plain";

export function mayRead(user: User | null, access: Session["access"]): boolean {
  return user !== null || access !== "required";
}
