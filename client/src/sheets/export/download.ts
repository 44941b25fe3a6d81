/** The server's tables, saved as files. */
import type { Channel } from "@spotter/realtime";
import { storedToken } from "../../accounts/token";
import { dayAt } from "../../ui/base/time";
import { texts } from "../texts";

/** What is said when there is no table, by the status of the answer. */
const refusals = (): Readonly<Record<number, string>> => ({
  401: texts.signInToExport,
  403: texts.notAllowed,
  429: texts.tooOften,
  503: texts.unavailable,
});

/**
 * Saves all records of a channel as a file. The token goes in a header, which a link could not send; in
 * an address it would be logged. Gives the line for a person if there is nothing to save, else null.
 */
export async function download(channel: Channel): Promise<string | null> {
  const known = storedToken();
  const headers = known === null ? {} : { Authorization: `Bearer ${known.token}` };
  try {
    const answer = await fetch(`/export/${channel}.csv`, { headers, cache: "no-store" });
    if (!answer.ok) return refusals()[answer.status] ?? texts.refused;
    save(await answer.blob(), fileName(channel, new Date()));
    return null;
  } catch {
    return texts.offline;
  }
}

/** A class is no schedule to those who see the file. */
const names: Partial<Record<Channel, string>> = { schedules: "classes" };

/** "workout-plans-2026-12-31.csv", by the day here. */
export function fileName(channel: Channel, now: Date): string {
  return `${names[channel] ?? channel.replaceAll("_", "-")}-${dayAt(now)}.csv`;
}

function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Once the browser has begun to read it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
