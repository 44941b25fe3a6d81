/** A second try of an edit that the server refused: its form again, with what was typed. */
import type { Op } from "@spotter/realtime";
import { paths } from "../shell/navigation";
import { saveDraft } from "./drafts";

/** Prepares the form and gives its address; null for an edit that has no form. */
export function review(op: Op): string | null {
  if (op.kind === "delete") return null;
  const id = op.kind === "new" ? null : op.id;
  const base = op.before && { record: op.before, rev: op.base };
  const { as: account, channel, data, withheld } = op;
  saveDraft({ account, channel, id }, { data, base, op: op.op, ...(withheld && { withheld }) });
  if (op.channel === "schedules") return `${paths.schedules}/${id ?? "new"}`;
  return id === null ? `${paths[op.channel]}/new` : `${paths[op.channel]}/${id}/edit`;
}
