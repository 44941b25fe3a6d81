import { reason } from "@spotter/realtime";
import type { Ack } from "@spotter/realtime";
import { texts } from "./texts";

/** Why a request was refused: in the reader's language where the code tells enough, else in the server's words. */
export function whyNot({ meta, errors }: Pick<Ack<unknown>, "meta" | "errors">): string {
  return texts.refusals[meta?.code ?? ""] ?? reason(errors);
}
