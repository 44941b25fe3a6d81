export { deviceStorage, storageProblem, tabStorage } from "./base/browser-storage.js";
export { equal } from "./base/equal.js";
export { uuid } from "./base/uuid.js";
export { createRealtime } from "./create-realtime.js";
export { writesOf } from "./outbox/op.js";
export type { Batch, Kind, Op, Write } from "./outbox/op.js";
export type { OutboxStorage } from "./outbox/outbox-storage.js";
export type { Edit, Outcome, PendingBatch, PendingEdit } from "./outbox/outbox.js";
export type { Shown } from "./outbox/overlay.js";
export type { Present } from "./presence/presence.js";
export { reason, writeErrors } from "./protocol/messages.js";
export type * from "./protocol/messages.js";
export type * from "./protocol/protocol.js";
export type * from "./protocol/where.js";
export { withoutWriteOnly, writeOnlyIn } from "./protocol/write-only.js";
export type { HistoryQuery, HistoryState } from "./queries/history.js";
export type { ListState } from "./queries/list-view.js";
export { Realtime } from "./realtime.js";
export type { RealtimeOptions, TableOf } from "./realtime.js";
export type {
  ConnectionState,
  Credentials,
  Session,
  SocketLike,
} from "./socket/connection-state.js";
export type { RemoteChange } from "./state/remote-changes.js";
