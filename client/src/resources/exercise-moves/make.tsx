import { MakeDialog } from "../../ui/form/make-dialog";
import type { MakeProps } from "../../ui/form/make-dialog";
import { MoveForm } from "./form";

export default function MakeMove(props: MakeProps<"exercise_moves">) {
  return (
    <MakeDialog {...props} channel="exercise_moves">
      {(form) => <MoveForm {...form} />}
    </MakeDialog>
  );
}
