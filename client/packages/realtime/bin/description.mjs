import { readFile } from "node:fs/promises";

/** A server's description of itself, from its address, from that of its /asyncapi.json, or from a file of that. */
export async function description(source) {
  if (!/^https?:/.test(source)) return JSON.parse(await readFile(source, "utf8"));
  const url = new URL(source);
  if (url.pathname === "/") url.pathname = "/asyncapi.json";
  const answer = await fetch(url).catch(() => null);
  if (!answer?.ok) {
    const why = answer ? `answers ${answer.status}` : "does not answer";
    throw new Error(`${url} ${why}. Start the server, or name another address or a file.`);
  }
  return answer.json();
}
