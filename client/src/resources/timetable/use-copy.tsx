import { notifications } from "@mantine/notifications";
import { useCallback } from "react";
import { reason, useRealtime } from "../../realtime";
import type { Realtime, Schedule } from "../../realtime";
import { seen } from "../../ui/seen";
import type { Day } from "../../ui/time";
import { Toast } from "../../ui/toast";
import { allClasses, alsoThere } from "./use-move";
import { clashesWith } from "./week";

/** Puts the class on other days too, at the same hour with the same coach. Can be undone. */
export function useCopy(): (slot: Schedule, to: readonly Day[]) => Promise<void> {
  const realtime = useRealtime();
  return useCallback((slot, to) => copy(realtime, slot, to), [realtime]);
}

async function copy(realtime: Realtime, slot: Schedule, to: readonly Day[]): Promise<void> {
  const there = allClasses(realtime);
  const clashes = to.flatMap((day) => clashesWith(there, { ...slot, id: 0, day }));
  const { id: _, ...fields } = slot;
  const outcomes = await Promise.all(
    to.map((day) =>
      realtime.mutate({ channel: "schedules", kind: "new", data: { ...fields, day } }),
    ),
  );
  const refused = outcomes.find((outcome) => outcome.status === "refused");
  if (refused?.status === "refused") {
    notifications.show({
      color: "red",
      message: `${slot.workout_plan.name} was not copied everywhere. ${reason(refused.ack.errors)}`,
    });
    seen(...outcomes);
  }
  const made = outcomes.flatMap((outcome) =>
    outcome.status === "saved" && outcome.ack.data ? [outcome.ack.data.id] : [],
  );
  if (made.length === 0) return;
  const text = `${slot.workout_plan.name} is copied to ${to.join(", ")}.`;
  const toast = notifications.show({
    autoClose: 8_000,
    message: (
      <Toast
        text={[text, ...clashes.map(alsoThere)].join(" ")}
        action="Undo"
        onAction={() => {
          notifications.hide(toast);
          for (const id of made) {
            void realtime.mutate({ channel: "schedules", kind: "delete", id });
          }
        }}
      />
    ),
  });
}
