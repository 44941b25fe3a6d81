/** A second try of an edit that the server refused: its form again, with what was typed. */
import type { Op, Write } from "@spotter/realtime";
import type { Exception } from "../../protocol";
import { datePath, paths } from "../shell/navigation";
import { saveDraft } from "./drafts";

/** Prepares the form and gives its address; null for an edit that has no form. */
export function review(op: Op): string | null {
  if (op.kind === "delete" || op.kind === "batch") return null;
  const id = op.kind === "new" ? null : op.id;
  const base = op.before && { record: op.before, rev: op.base };
  const { as: account, channel, data, withheld } = op;
  const on = op.channel === "exceptions" ? dateOf(op) : undefined;
  const place = { account, channel, id, of: on };
  saveDraft(place, { data, base, op: op.op, ...(withheld && { withheld }) });
  if (on !== undefined) return on;
  if (op.channel === "schedules") return `${paths.schedules}/${id ?? "new"}`;
  return id === null ? `${paths[op.channel]}/new` : `${paths[op.channel]}/${id}/edit`;
}

/** What is different on a date has its form there. */
function dateOf({ before, data }: Pick<Write, "before" | "data">): string {
  const { schedule, date } = { ...before, ...data } as Exception;
  return datePath(schedule?.id ?? null, date);
}
