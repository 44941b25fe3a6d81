import type { SelectProps } from "@mantine/core";
import type { WorkoutPlan } from "../../protocol";
import { ofPlan } from "../../ui/base/select-options";
import { RecordSelect } from "../../ui/form/record-select";
import { lazyDialog } from "../../ui/shell/lazy-parts";
import { texts } from "./texts";

const MakePlan = lazyDialog(
  () => texts.theNewPlan,
  () => import("./make"),
);

interface Props extends Omit<SelectProps, "data" | "value" | "onChange"> {
  value: number | null;
  onChange: (plan: WorkoutPlan | null) => void;
}

export function PlanSelect(props: Props) {
  return <RecordSelect {...props} channel="workout_plans" details={ofPlan} make={MakePlan} />;
}
