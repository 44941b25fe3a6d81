import { Alert, Button, Drawer } from "@mantine/core";
import { useLoaded, useRecord } from "@spotter/realtime/react";
import { useMay } from "../../accounts/can";
import type { Exception, Schedule } from "../../protocol";
import { dayOf, isDate, sayDate, sayFullDate, sayDay } from "../../ui/base/dates";
import type { LocalDate } from "../../ui/base/dates";
import { Empty } from "../../ui/base/empty";
import { WarningIcon } from "../../ui/base/icons";
import { clock } from "../../ui/base/time";
import { DrawerHeading } from "../../ui/form/drawer-heading";
import { NoSuchRecord } from "../../ui/record/missing-record";
import { lazySection } from "../../ui/shell/lazy-parts";
import { datePath } from "../../ui/shell/navigation";
import { ExceptionEditor } from "./exception-editor";
import { sayDifferent } from "./exceptions";
import { OnlyOnForm } from "./only-on-form";
import form from "./only-on.module.css";
import { OverLink } from "./over-link";
import { nearestDates } from "./occurrences";
import { endOf } from "./overlaps";
import { useExceptions } from "./use-exceptions";
import { useTakeBack } from "./use-take-back";
import { WhichDates } from "./which-dates";
import { texts } from "./texts";
import { dialogTexts } from "./dialog-texts";

const History = lazySection(
  () => dialogTexts.theHistory,
  () => import("../../ui/record/history"),
);

interface Props {
  /** Of the class. */
  id: string;
  date: string;
  onClose: () => void;
}

/** What is different about a class on one date. */
export default function OnlyOnDrawer({ id, date, onClose }: Props) {
  const slot = useRecord("schedules", Number(id))?.record;
  const known = isDate(date);
  return (
    <Drawer
      opened
      onClose={onClose}
      title={<DrawerHeading>{known ? titleOf(date, slot) : dialogTexts.noSuchDate}</DrawerHeading>}
      size="md"
      closeButtonProps={{ "aria-label": dialogTexts.close }}
    >
      {!slot && <NoSuchRecord channel="schedules" id={Number(id)} />}
      {slot && !known && (
        <Empty title={dialogTexts.thereIsNo}>
          <OverLink href={`/classes/${slot.id}`}>{dialogTexts.every(sayDay(slot.day))}</OverLink>
        </Empty>
      )}
      {slot && known && <OnDate key={`${id} ${date}`} slot={slot} date={date} onClose={onClose} />}
    </Drawer>
  );
}

function titleOf(date: LocalDate, slot: Schedule | undefined): string {
  const say = slot && dayOf(date) !== slot.day ? dialogTexts.notOn : dialogTexts.onlyOn;
  return say(sayDate(date));
}

interface OnDateProps {
  slot: Schedule;
  date: LocalDate;
  onClose: () => void;
}

function OnDate({ slot, date, onClose }: OnDateProps) {
  const exceptions = useExceptions();
  const found = exceptions.of(slot.id, date);
  const closed = exceptions.closed(date);
  const loaded = useLoaded("exceptions");
  const may = useMay("exceptions", null) && slot.id > 0 && loaded;
  const takeBack = useTakeBack();
  const name = slot.workout_plan.name;
  const back = (exception: Exception) => {
    const label = texts.onDate(name, sayDate(date));
    takeBack([exception], { text: dialogTexts.usualAgain(label), label });
    onClose();
  };
  const isOrphan = dayOf(date) !== slot.day;

  return (
    <>
      {slot.id > 0 && !isOrphan && <WhichDates slot={slot} dates={[date]} open="only" />}
      <p className={form["what"]}>
        <strong>{name}</strong>
        {isOrphan
          ? dialogTexts.isEvery(sayDay(slot.day), clock(slot.hour), slot.coach.name)
          : dialogTexts.isWith(clock(slot.hour), endOf(slot), slot.coach.name)}
      </p>
      {closed && !isOrphan && (
        <Alert icon={<WarningIcon />} title={dialogTexts.closedThatDay} mt="md">
          {closed.note}{" "}
          <OverLink href={datePath(null, date)}>{dialogTexts.closedOn(sayFullDate(date))}</OverLink>
        </Alert>
      )}
      {isOrphan && (
        <Alert icon={<WarningIcon />} title={dialogTexts.notThen(sayDate(date))} mt="md">
          {dialogTexts.chooseDate}
        </Alert>
      )}
      {isOrphan && slot.id > 0 && (
        <WhichDates slot={slot} dates={nearestDates(slot, date)} open={null} />
      )}
      {may && !isOrphan && (
        <ExceptionEditor found={found} of={datePath(slot.id, date)}>
          {(id, onSaving) => (
            <OnlyOnForm
              id={id}
              slot={slot}
              date={date}
              onTakeBack={back}
              onSaving={onSaving}
              onClose={onClose}
            />
          )}
        </ExceptionEditor>
      )}
      {!may && !isOrphan && <p>{found ? sayDifferent(found) : dialogTexts.asUsual}</p>}
      {isOrphan && found && <p>{dialogTexts.leftOver(sayDifferent(found))}</p>}
      {may && isOrphan && found && (
        <Button mt="sm" variant="default" onClick={() => back(found)}>
          {dialogTexts.deleteThis}
        </Button>
      )}
      {found && found.id > 0 && <History channel="exceptions" id={found.id} />}
    </>
  );
}
