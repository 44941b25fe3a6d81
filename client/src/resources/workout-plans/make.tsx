import { MakeDialog } from "../../ui/form/make-dialog";
import type { MakeProps } from "../../ui/form/make-dialog";
import { PlanForm } from "./form";

export default function MakePlan(props: MakeProps<"workout_plans">) {
  return (
    <MakeDialog {...props} channel="workout_plans" wide>
      {(form) => <PlanForm {...form} />}
    </MakeDialog>
  );
}
