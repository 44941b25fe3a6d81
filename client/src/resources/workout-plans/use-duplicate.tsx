import { notifications } from "@mantine/notifications";
import { useRealtime } from "@spotter/realtime/react";
import type { Realtime } from "@spotter/realtime";
import { useCallback } from "react";
import { useLocation } from "wouter";
import type { WorkoutPlan } from "../../protocol";
import { whyNot } from "../../ui/base/why-not";
import { recordPath } from "../../ui/shell/navigation";
import { dismissRefusals } from "../../ui/record/dismiss-refusals";
import { offerUndo } from "../../ui/record/undo";
import { copyName } from "./copy-name";
import { texts } from "./texts";

/** Makes another plan with the same content under a name of its own, and opens it. Can be undone. */
export function useDuplicate(): (plan: WorkoutPlan) => Promise<void> {
  const realtime = useRealtime();
  const [, navigate] = useLocation();
  return useCallback((plan) => duplicate(realtime, plan, navigate), [realtime, navigate]);
}

async function duplicate(
  realtime: Realtime,
  plan: WorkoutPlan,
  navigate: (path: string) => void,
): Promise<void> {
  const channel = "workout_plans";
  const entries = realtime.table(channel).get()?.values() ?? [];
  const label = copyName(
    plan.name,
    Array.from(entries, ({ record }) => (record as WorkoutPlan).name),
  );
  const { id: _, ...fields } = plan;
  const data = { ...fields, name: label };
  const { op, outcome: making } = realtime.edit({ channel, kind: "new", data });
  const withdraw = offerUndo(realtime, texts.made(label), [{ op, channel, label }]);
  const outcome = await making;
  if (outcome.status === "saved" && outcome.ack.data) {
    navigate(recordPath(channel, outcome.ack.data.id));
  }
  if (outcome.status !== "refused") return;
  withdraw();
  dismissRefusals(outcome);
  notifications.show({
    id: `refused ${op}`,
    color: "var(--danger)",
    autoClose: 12_000,
    message: texts.notDuplicated(plan.name, whyNot(outcome.ack)),
  });
}
