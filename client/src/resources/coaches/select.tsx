import type { SelectProps } from "@mantine/core";
import type { Coach } from "../../protocol";
import { ofCoach } from "../../ui/base/select-options";
import { RecordSelect } from "../../ui/form/record-select";
import { lazyDialog } from "../../ui/shell/lazy-parts";
import { texts } from "./texts";

const MakeCoach = lazyDialog(
  () => texts.theNewCoach,
  () => import("./make"),
);

interface Props extends Omit<SelectProps, "data" | "value" | "onChange"> {
  value: number | null;
  onChange: (coach: Coach | null) => void;
}

export function CoachSelect(props: Props) {
  return <RecordSelect {...props} channel="coaches" details={ofCoach} make={MakeCoach} />;
}
