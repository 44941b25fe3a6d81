import { reason } from "@spotter/realtime";
import type { Ack } from "@spotter/realtime";
import { fieldName } from "./field-names";
import { inList } from "./locale";
import { nameOfPerson } from "./people";
import { said } from "./said";
import { texts } from "./texts";

/** Why a request was refused, in the reader's language: by the code where that tells enough, else by the sentence. */
export function whyNot({ meta, errors }: Pick<Ack<unknown>, "meta" | "errors">): string {
  const { code = "", actor, fields } = meta ?? {};
  if (code === "conflict" && fields !== undefined && fields.length > 0) {
    const who = actor == null ? texts.someone : nameOfPerson(actor);
    return texts.changedMeanwhile(who, inList(fields.map(fieldName)));
  }
  return texts.refusals[code] ?? said(reason(errors));
}
