/** Tells of changes by topic, as react-admin's realtime features have it: `resource/coaches`, `resource/coaches/3`. */
import { isWhole, watchTable, wholeTable } from "../adapters/tables.js";
import type { Channel } from "../protocol/protocol.js";
import type { Realtime } from "../realtime.js";

export interface TopicEvent {
  readonly topic: string;
  readonly type: "created" | "updated" | "deleted";
  /** Which records; none where it is not known which. */
  readonly payload: { readonly ids: readonly number[] };
  readonly date: Date;
}

export type TopicListener = (event: TopicEvent) => void;

const TYPES = { insert: "created", update: "updated", delete: "deleted" } as const;

export class Topics {
  readonly #realtime: Realtime;
  readonly #ends = new Map<string, Map<TopicListener, () => void>>();

  constructor(realtime: Realtime) {
    this.#realtime = realtime;
  }

  subscribe(topic: string, listener: TopicListener): void {
    const [kind, channel, id] = topic.split("/");
    if (kind !== "resource" || channel === undefined) return;
    const ends = this.#ends.get(topic) ?? new Map<TopicListener, () => void>();
    this.#ends.set(topic, ends);
    ends.get(listener)?.();
    const only = id === undefined ? undefined : Number(id);
    ends.set(
      listener,
      this.#watch(channel as Channel, only, (type, ids) =>
        listener({ topic, type, payload: { ids }, date: new Date() }),
      ),
    );
  }

  unsubscribe(topic: string, listener: TopicListener): void {
    this.#ends.get(topic)?.get(listener)?.();
    this.#ends.get(topic)?.delete(listener);
  }

  #watch(
    channel: Channel,
    only: number | undefined,
    tell: (type: TopicEvent["type"], ids: readonly number[]) => void,
  ): () => void {
    const { queries } = this.#realtime;
    if (!isWhole(this.#realtime, channel)) {
      // It hears of all changes, and of what was missed.
      const part =
        only === undefined ? queries.list(channel, { limit: 1 }) : queries.record(channel, only);
      const ends = [
        part.subscribe(() => tell("updated", only === undefined ? [] : [only])),
        queries.watch((changes) => {
          const own = changes.filter(
            (change) => change.channel === channel && (only ?? change.id) === change.id,
          );
          for (const { type, id } of own) tell(type === "del" ? "deleted" : "updated", [id]);
        }),
      ];
      return () => ends.forEach((end) => end());
    }
    return watchTable(wholeTable(this.#realtime, channel), (found) => {
      for (const type of ["insert", "update", "delete"] as const) {
        const own = found.filter((each) => each.type === type && (only ?? each.id) === each.id);
        if (own.length > 0)
          tell(
            TYPES[type],
            own.map(({ id }) => id),
          );
      }
    });
  }
}
