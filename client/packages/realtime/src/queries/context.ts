/** What a query needs of the rest. */
import type { Observable } from "../base/observable.js";
import type { Op } from "../outbox/op.js";
import type { Protocol } from "../protocol/protocol.js";
import type { Connection } from "../socket/connection.js";
import type { Parts } from "../socket/parts.js";

export interface Context {
  readonly protocol: Protocol;
  readonly connection: Connection;
  readonly parts: Parts;
  /** Edits that are not confirmed. */
  readonly ops: Observable<readonly Op[]>;
}
