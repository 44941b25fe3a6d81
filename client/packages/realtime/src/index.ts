export { deviceStorage, storageProblem, tabStorage } from "./base/browser-storage.js";
export { equal } from "./base/equal.js";
export { createRealtime } from "./create-realtime.js";
export type { Kind, Op } from "./outbox/op.js";
export type { OutboxStorage } from "./outbox/outbox-storage.js";
export type { Edit, Outcome, PendingEdit } from "./outbox/outbox.js";
export type { Shown } from "./outbox/overlay.js";
export type { Present } from "./presence/presence.js";
export { reason } from "./protocol/messages.js";
export type * from "./protocol/messages.js";
export type * from "./protocol/protocol.js";
export { withoutWriteOnly, writeOnlyIn } from "./protocol/write-only.js";
export * from "./react/hooks.js";
export { Realtime } from "./realtime.js";
export type {
  ConnectionState,
  Credentials,
  Session,
  SocketLike,
} from "./socket/connection-state.js";
export { merge } from "./state/merge.js";
export type { RemoteChange } from "./state/remote-changes.js";
