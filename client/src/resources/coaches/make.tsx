import { MakeDialog } from "../../ui/form/make-dialog";
import type { MakeProps } from "../../ui/form/make-dialog";
import { CoachForm } from "./form";

export default function MakeCoach(props: MakeProps<"coaches">) {
  return (
    <MakeDialog {...props} channel="coaches">
      {(form) => <CoachForm {...form} />}
    </MakeDialog>
  );
}
