import { notifications, notificationsStore } from "@mantine/notifications";
import type { Ack, AnyRecord, Edit, Outcome, Realtime } from "@spotter/realtime";
import { afterEach, describe, expect, it, vi } from "vitest";
import { editTogether } from "./batch";

afterEach(() => notifications.clean());

const edits = (count: number): Edit[] =>
  Array.from({ length: count }, (_, at) => ({ channel: "coaches", kind: "delete", id: at + 1 }));

type Ending = "saved" | "refused";

/** What was sent, by how many at once, where the requests end like this. */
function gym(endings: readonly Ending[]) {
  const sent: number[] = [];
  const dismiss = vi.fn<() => void>();
  const undone = vi.fn<(op: string) => Promise<Ack<AnyRecord>>>(
    async () => ({ ok: true }) as never,
  );
  const send = (count: number) => {
    const status = endings[sent.length];
    sent.push(count);
    const ack = { ok: status === "saved", data: null, errors: { errors: "Sign in first." } };
    return {
      op: `op ${sent.length}`,
      outcome: Promise.resolve({ status, ack, dismiss } as unknown as Outcome<never>),
    };
  };
  const realtime = {
    edit: () => send(1),
    batch: (some: readonly Edit[]) => send(some.length),
    outbox: { ops: { get: () => [] } },
    undo: { edit: undone },
  } as unknown as Realtime;
  return { realtime, sent, dismiss, undone };
}

const words = { text: "All were given.", label: "They", refused: "They stay as they were." };

/** What is said now, and the way back of each. */
function said() {
  return notificationsStore.getState().notifications.map(({ message }) => {
    if (typeof message === "string") return { text: message, onAction: undefined };
    return (message as { props: { text: string; onAction: () => void } }).props;
  });
}

describe("edits together", () => {
  it.each([
    [1, [1]],
    [500, [500]],
    [501, [500, 1]],
    [1200, [500, 500, 200]],
  ])("%i are sent in whole batches, and are said and undone once", async (count, batches) => {
    const { realtime, sent, undone } = gym(batches.map(() => "saved"));
    await editTogether(realtime, edits(count), words);
    expect(sent).toEqual(batches);
    const [one, ...more] = said();
    expect([one?.text, more]).toEqual(["All were given.", []]);
    one?.onAction?.();
    expect(undone.mock.calls).toEqual(batches.map((_, at) => [`op ${at + 1}`]));
  });

  it("that are refused leave nothing to undo", async () => {
    const { realtime, dismiss } = gym(["refused", "refused"]);
    await editTogether(realtime, edits(501), words);
    expect(said()).toMatchObject([{ text: "They stay as they were. Sign in first." }]);
    expect(dismiss).toHaveBeenCalledTimes(2);
  });

  it("of which a batch is refused say how many were made, and undo these alone", async () => {
    const { realtime, undone } = gym(["saved", "refused", "saved"]);
    await editTogether(realtime, edits(1200), words);
    const [one, ...more] = said();
    expect([one?.text, more]).toEqual(["Only 700 of 1200 changes were saved. Sign in first.", []]);
    one?.onAction?.();
    expect(undone.mock.calls).toEqual([["op 1"], ["op 3"]]);
  });
});
