import { sayDay, daysOfWeek } from "../../ui/base/dates";
import { ActionIcon, Button, Select } from "@mantine/core";
import { useEffect, useRef } from "react";
import { CloseIcon, PlusIcon } from "../../ui/base/icons";
import { TimeInput } from "../../ui/form/time-input";
import type { RecordForm } from "../../ui/form/use-record-form";
import { DayTicks } from "./day-ticks";
import { rules } from "./fields";
import { MOST_HOURS } from "./making";
import type { When } from "./making";
import styles from "./when.module.css";
import { dialogTexts } from "./dialog-texts";

type Form = RecordForm["form"];

/** When one class is. */
export function OneTime({ form }: { form: Form }) {
  return (
    <>
      <Select
        label={dialogTexts.labels.day}
        required
        allowDeselect={false}
        data={daysOfWeek().map((day) => ({ value: day, label: sayDay(day) }))}
        {...form.getInputProps("day")}
      />
      <TimeInput
        label={dialogTexts.labels.hour}
        required
        {...form.getInputProps("hour")}
        value={String(form.values["hour"])}
      />
    </>
  );
}

/** The days and the times of classes that are made together: each day at each time. */
export function ManyTimes({ form }: { form: Form }) {
  const { days: chosen, hours } = form.values as unknown as When;
  return (
    <>
      <DayTicks
        legend={dialogTexts.days}
        required
        chosen={chosen}
        error={form.errors["days"]}
        onChange={(next) => form.setFieldValue("days", next)}
      />
      <Times
        hours={hours}
        wrong={Boolean(form.errors["hours"])}
        onChange={(next) => form.setFieldValue("hours", next)}
      />
    </>
  );
}

interface TimesProps {
  hours: readonly string[];
  /** Whether what is wrong is to be said. */
  wrong: boolean;
  onChange: (hours: string[]) => void;
}

function Times({ hours, wrong, onChange }: TimesProps) {
  const last = useRef<HTMLInputElement>(null);
  const count = useRef(hours.length);
  useEffect(() => {
    // Who added one types it next, and the button of one that was removed is gone.
    if (hours.length !== count.current) last.current?.focus();
    count.current = hours.length;
  }, [hours.length]);
  return (
    <div className={styles["times"]}>
      {hours.map((hour, at) => (
        // A time is what is at its place: they have no other name.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className={styles["time"]}>
          <TimeInput
            ref={at === hours.length - 1 ? last : null}
            label={at === 0 ? dialogTexts.labels.hour : dialogTexts.nthTime(at + 1)}
            required={at === 0}

            value={hour}
            error={wrong && rules.hour(hour)}
            onChange={(typed) => onChange(hours.with(at, typed))}
          />
          {hours.length > 1 && (
            <ActionIcon
              aria-label={dialogTexts.removeTime(hour)}
              onClick={() => onChange(hours.toSpliced(at, 1))}
            >
              <CloseIcon size={18} />
            </ActionIcon>
          )}
        </div>
      ))}
      {hours.length < MOST_HOURS && (
        <Button
          variant="default"
          leftSection={<PlusIcon size={18} />}
          onClick={() => onChange([...hours, ""])}
        >
          {dialogTexts.addTime}
        </Button>
      )}
    </div>
  );
}
