import "@mantine/core/styles/Radio.css";
import { Button, Radio, TextInput } from "@mantine/core";
import { useChannel, useRealtime } from "@spotter/realtime/react";
import { useCallback, useEffect, useMemo } from "react";
import type { Exception, Schedule } from "../../protocol";
import { addDays, sayDate, sayDay } from "../../ui/base/dates";
import type { LocalDate } from "../../ui/base/dates";
import { UndoIcon } from "../../ui/base/icons";
import { RecordForm } from "../../ui/form/record-form";
import { useRecordForm } from "../../ui/form/use-record-form";
import { offerUndo } from "../../ui/record/undo";
import { datePath } from "../../ui/shell/navigation";
import { Candidates } from "../coaches/candidates";
import list from "../coaches/candidates.module.css";
import { candidates, sayBusy } from "../coaches/hand-over";
import { given } from "./occurrences";
import { choiceOf, choices, chosenBy, describe, isUsual } from "./only-on-fields";
import { rules, saySaved, toData, toValues } from "./only-on-fields";
import styles from "./only-on.module.css";
import { useExceptions } from "./use-exceptions";
import { texts } from "./texts";
import { dialogTexts } from "./dialog-texts";

interface Props {
  /** Of the exception; null for a new one. */
  id: number | null;
  slot: Schedule;
  date: LocalDate;
  onTakeBack: (exception: Exception) => void;
  onSaving: (saving: boolean) => void;
  onClose: () => void;
}

/** Cancels a class on one date, or gives it to somebody else, or says what else is different. */
export function OnlyOnForm({ id, slot, date, onTakeBack, onSaving, onClose }: Props) {
  const realtime = useRealtime();
  const found = useCandidates(slot, date);
  const startValues = useCallback(
    (exception: Exception | null) => toValues(slot, date, exception),
    [slot, date],
  );
  const record = useRecordForm({
    channel: "exceptions",
    id,
    of: datePath(slot.id, date),
    rules,
    toValues: startValues,
    toData,
    onSaved: (_saved, _waits, op) => {
      const label = texts.onDate(slot.workout_plan.name, sayDate(date));
      const busy = chosenOne ? sayBusy(chosenOne) : "";
      const text = [
        saySaved(slot, date, form.values),
        busy && dialogTexts.also(chosenOne?.coach.name ?? "", busy),
      ];
      if (op !== null) {
        offerUndo(realtime, text.filter(Boolean).join(" "), [{ op, channel: "exceptions", label }]);
      }
      onClose();
    },
  });
  const { form, saving } = record;
  useEffect(() => onSaving(saving), [saving, onSaving]);
  const choice = choiceOf(form.values);
  const coach = form.values["coach"] as { id: number } | "" | null;
  const chosenOne = found.find((each) => coach !== "" && each.coach.id === coach?.id);
  const exception = record.record as Exception | undefined;
  const submit = async (shown: ParentNode) => {
    if (!isUsual(form.values)) return record.submit(shown);
    record.discard();
    if (exception) onTakeBack(exception);
    else onClose();
  };

  return (
    <RecordForm
      form={{ ...record, submit }}
      labels={dialogTexts.onDateLabels}
      describe={describe}
      saveLabel={dialogTexts.save}
      onCancel={onClose}
    >
      <fieldset className={list["group"]}>
        <legend>{dialogTexts.thatDay(sayDay(slot.day))}</legend>
        {choices.map((value) => (
          <Radio
            key={value}
            name="what"
            label={dialogTexts.choices[value]}
            checked={choice === value}
            onChange={() => form.setValues(chosenBy(value))}
          />
        ))}
      </fieldset>
      {choice === "substitute" && (
        <div className={styles["candidates"]}>
          <Candidates
            legend={dialogTexts.byWhom}
            found={found}
            chosen={chosenOne?.coach.id ?? null}
            onChoose={(to) => {
              const { name = "" } = found.find((each) => each.coach.id === to)?.coach ?? {};
              form.setFieldValue("coach", { id: to, name });
            }}
          />
          {form.errors["coach"] && (
            <p role="alert" className={styles["wrong"]}>
              {form.errors["coach"]}
            </p>
          )}
        </div>
      )}
      <TextInput
        label={dialogTexts.onDateLabels.note}
        description={dialogTexts.noteHint}
        autoComplete="off"
        {...form.getInputProps("note")}
      />
      {exception && (
        <Button
          variant="default"
          leftSection={<UndoIcon size={18} />}
          className={styles["back"] ?? ""}
          onClick={() => onTakeBack(exception)}
        >
          {dialogTexts.backToUsual}
        </Button>
      )}
    </RecordForm>
  );
}

/** Who could give it, by what takes place around that date. */
function useCandidates(slot: Schedule, date: LocalDate) {
  const coaches = useChannel("coaches");
  const classes = useChannel("schedules");
  const exceptions = useExceptions();
  return useMemo(() => {
    const around = [addDays(date, -1), date, addDays(date, 1)];
    const among = given(around, classes ?? [], exceptions).filter(({ id }) => id !== slot.id);
    return candidates(coaches ?? [], slot.coach.id, [{ slot, among }]);
  }, [coaches, classes, exceptions, slot, date]);
}
