import { things } from "../../ui/shell/things";
import { Button, Drawer, TextInput } from "@mantine/core";
import { useChannel, useLoaded, useRealtime } from "@spotter/realtime/react";
import { useCallback, useEffect } from "react";
import { Link } from "wouter";
import { useMay } from "../../accounts/can";
import type { Exception } from "../../protocol";
import { dayOf, isDate, sayDate } from "../../ui/base/dates";
import type { LocalDate } from "../../ui/base/dates";
import { Empty } from "../../ui/base/empty";
import { NotLoaded } from "../../ui/base/not-loaded";
import { DrawerHeading } from "../../ui/form/drawer-heading";
import { RecordForm } from "../../ui/form/record-form";
import { text } from "../../ui/form/rules";
import { useRecordForm } from "../../ui/form/use-record-form";
import { offerUndo } from "../../ui/record/undo";
import { lazySection } from "../../ui/shell/lazy-parts";
import { datePath } from "../../ui/shell/navigation";
import { UndoIcon } from "../../ui/base/icons";
import { CopyDay } from "./copy-day";
import { ExceptionEditor } from "./exception-editor";
import { sayDifferent } from "./exceptions";
import form from "./only-on.module.css";
import { useExceptions } from "./use-exceptions";
import { useTakeBack } from "./use-take-back";
import { dialogTexts } from "./dialog-texts";

const History = lazySection(
  () => dialogTexts.theHistory,
  () => import("../../ui/record/history"),
);

interface Props {
  date: string;
  /** Classes that a filter leaves out. */
  hidden: ReadonlySet<number>;
  onClose: () => void;
}

/** One day of the gym: whether it is closed. */
export default function DayDrawer({ date, hidden, onClose }: Props) {
  const known = isDate(date);
  const closed = useExceptions().closed(date) !== null;
  const loaded = useLoaded("exceptions");
  return (
    <Drawer
      opened
      onClose={onClose}
      title={
        <DrawerHeading>
          {known
            ? closed
              ? dialogTexts.closedOn(sayDate(date))
              : sayDate(date)
            : dialogTexts.noSuchDate}
        </DrawerHeading>
      }
      size="md"
      closeButtonProps={{ "aria-label": dialogTexts.close }}
    >
      {!known && (
        <Empty title={dialogTexts.thereIsNo}>
          <Link href="/">{dialogTexts.lookOnTimetable}</Link>
        </Empty>
      )}
      {known && !loaded && <NotLoaded />}
      {known && loaded && <Day key={date} date={date} hidden={hidden} onClose={onClose} />}
    </Drawer>
  );
}

function Day({ date, hidden, onClose }: Omit<Props, "date"> & { date: LocalDate }) {
  const found = useExceptions().closed(date);
  const may = useMay("exceptions", null);
  const classes = useChannel("schedules")?.filter(({ day }) => day === dayOf(date)) ?? [];
  const count = things.howMany("schedules", classes.length);
  return (
    <>
      <p className={form["what"]}>
        {found ? dialogTexts.dayHasNot(classes.length, count) : dialogTexts.dayHas(count)}
      </p>
      {may ? (
        <ExceptionEditor found={found} of={datePath(null, date)}>
          {(id, onSaving) => (
            <ClosedForm
              id={id}
              date={date}
              closes={classes.length > 0 ? dialogTexts.dayWouldNotHave(classes.length, count) : ""}
              onSaving={onSaving}
              onClose={onClose}
            />
          )}
        </ExceptionEditor>
      ) : (
        <p>{found ? sayDifferent(found) : dialogTexts.openAsUsual}</p>
      )}
      <CopyDay day={dayOf(date)} hidden={hidden} onDone={onClose} />
      {found && found.id > 0 && <History channel="exceptions" id={found.id} />}
    </>
  );
}

const rules = { note: text(0, 200, { optional: true }) };
const describe = (_field: string, value: unknown) => (value ? String(value) : dialogTexts.empty);
const toData = (field: string, value: unknown) => (field === "note" ? String(value).trim() : value);

interface ClosedFormProps {
  /** Of the exception; null for a day that is open. */
  id: number | null;
  date: LocalDate;
  /** What would not take place, in words. */
  closes: string;
  onSaving: (saving: boolean) => void;
  onClose: () => void;
}

function ClosedForm({ id, date, closes, onSaving, onClose }: ClosedFormProps) {
  const realtime = useRealtime();
  const takeBack = useTakeBack();
  const when = sayDate(date);
  const toValues = useCallback(
    (closed: Exception | null) => ({
      date,
      schedule: null,
      cancelled: true,
      note: closed?.note ?? "",
    }),
    [date],
  );
  const record = useRecordForm({
    channel: "exceptions",
    id,
    of: datePath(null, date),
    rules,
    toValues,
    toData,
    onSaved: (_saved, _waits, op) => {
      const edit = { channel: "exceptions" as const, label: when };
      if (op !== null) {
        offerUndo(realtime, dialogTexts.isClosed(when), [{ op, ...edit }]);
      }
      onClose();
    },
  });
  const { saving } = record;
  useEffect(() => onSaving(saving), [saving, onSaving]);
  const closed = record.record as Exception | undefined;
  return (
    <RecordForm
      form={record}
      labels={{ note: dialogTexts.whyClosed }}
      describe={describe}
      saveLabel={closed ? dialogTexts.save : dialogTexts.closeDay}
      onCancel={onClose}
    >
      {!closed && (
        <div>
          <h3>{dialogTexts.closeGym}</h3>
          {closes && <p className="dim">{closes}</p>}
        </div>
      )}
      <TextInput
        label={dialogTexts.whyClosed}
        description={dialogTexts.closedHint}
        autoComplete="off"
        {...record.form.getInputProps("note")}
      />
      {closed && (
        <Button
          variant="default"
          leftSection={<UndoIcon size={18} />}
          className={form["back"] ?? ""}
          onClick={() => {
            record.discard();
            takeBack([closed], { text: dialogTexts.isOpen(when), label: when });
            onClose();
          }}
        >
          {dialogTexts.reopenDay}
        </Button>
      )}
    </RecordForm>
  );
}
