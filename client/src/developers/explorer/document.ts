/** The server's AsyncAPI document, as a list of events. */
import type { Schema, Schemas } from "./schema";

export interface Operation {
  /** Names it in the address. */
  key: string;
  event: string;
  /** Of Socket.IO. */
  namespace: string;
  /** Whether clients emit it, or the server does. */
  emits: boolean;
  summary: string;
  payload: Schema;
  /** What the second argument may have in it; undefined if there is none. */
  opts: Schema | undefined;
}

export interface Description {
  operations: readonly Operation[];
  schemas: Schemas;
}

interface Message {
  name: string;
  summary: string;
  payload: Schema;
  headers?: Schema;
}

interface Document {
  channels: Record<string, { address: string; messages: Record<string, Message> }>;
  operations: Record<
    string,
    { action: "receive" | "send"; channel: { $ref: string }; messages: [{ $ref: string }] }
  >;
  components: { schemas: Schemas };
}

/** Reads it from the server that this page is from. */
export async function readDescription(): Promise<Description> {
  const answer = await fetch("/asyncapi.json");
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return described((await answer.json()) as Document);
}

export function described({ channels, operations, components }: Document): Description {
  const last = ({ $ref }: { $ref: string }) => $ref.split("/").at(-1) ?? "";
  return {
    schemas: components.schemas,
    operations: Object.entries(operations).flatMap(([key, { action, channel, messages }]) => {
      const place = channels[last(channel)];
      const message = place?.messages[last(messages[0])];
      if (!place || !message) return [];
      return {
        key,
        event: message.name,
        namespace: place.address,
        emits: action === "receive",
        summary: message.summary,
        payload: message.payload,
        opts: message.headers,
      };
    }),
  };
}
