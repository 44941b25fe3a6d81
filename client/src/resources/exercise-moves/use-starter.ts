import { notifications } from "@mantine/notifications";
import { useRealtime } from "@spotter/realtime/react";
import type { Channel, Realtime } from "@spotter/realtime";
import { useState } from "react";
import { nameOf } from "../../ui/shell/navigation";
import { folded } from "../../ui/base/search-text";
import { editTogether } from "../../ui/record/batch";
import { texts } from "./texts";

/** How many moves the starter library has. */
export const STARTERS = 40;

/** Adds the moves of the starter library that are not there yet, with one way back. */
export function useStarter(): { adding: boolean; add: () => void } {
  const realtime = useRealtime();
  const [adding, setAdding] = useState(false);
  const add = async () => {
    setAdding(true);
    await addStarters(realtime);
    setAdding(false);
  };
  return { adding, add: () => void add() };
}

async function addStarters(realtime: Realtime): Promise<void> {
  const channel = "exercise_moves";
  const all = await import("../../../../server/seeds/moves.json").then(
    ({ default: moves }) => moves,
    () => null,
  );
  if (all === null) {
    notifications.show({
      id: "no starters",
      color: "var(--danger)",
      message: texts.startersNotLoaded,
    });
    return;
  }
  const entries = realtime.table(channel).get()?.values() ?? [];
  const there = new Set(Array.from(entries, ({ record }) => folded(nameOf(record))));
  const missing = all.filter(({ name }) => !there.has(folded(name)));
  if (missing.length === 0) {
    notifications.show({ id: "all starters", message: texts.startersThere });
    return;
  }
  const edits = missing.map((move) => ({
    channel: channel as Channel,
    kind: "new" as const,
    data: { ...move, video_link: "" },
  }));
  await editTogether(realtime, edits, {
    text: texts.startersAdded(missing.length),
    label: texts.starters,
    refused: texts.startersNotAdded,
  });
}
