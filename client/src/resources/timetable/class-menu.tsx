import { Menu } from "@mantine/core";
import { useChannel } from "@spotter/realtime/react";
import { useId, useState } from "react";
import type { Schedule } from "../../protocol";
import { CalendarIcon, CopyIcon, EditIcon, SwapIcon, TrashIcon } from "../../ui/base/icons";
import { choices, ofCoach } from "../../ui/base/select-options";
import { sayDate, sayDay, daysOfWeek } from "../../ui/base/dates";
import type { LocalDate } from "../../ui/base/dates";
import { useRemove } from "../../ui/record/remove";
import { datePath } from "../../ui/shell/navigation";
import { useOpenOver } from "./over-link";
import { useCopy } from "./use-copy";
import { useMove } from "./use-move";
import { dialogTexts } from "./dialog-texts";

interface Props {
  slot: Schedule;
  /** The date that it is shown on. */
  date: LocalDate;
  label: string;
  className: string;
  /** Called when it could not be opened; a menu that is closed can be opened again. */
  onClose: () => void;
}

/** What can be done with a class in one step. Opens as soon as it is there. */
export default function ClassMenu({ slot, date, label, className }: Props) {
  const [opened, setOpened] = useState(true);
  const every = useId();
  const open = useOpenOver();
  const coaches = useChannel("coaches") ?? [];
  const labels = choices(coaches, ofCoach);
  const move = useMove();
  const copy = useCopy();
  const remove = useRemove("schedules");
  const others = daysOfWeek().filter((day) => day !== slot.day);

  return (
    <Menu
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={220}
      withInitialFocusPlaceholder={false}
      portalProps={{ target: "#main" }}
    >
      <Menu.Target>
        <button type="button" className={className} aria-label={label} />
      </Menu.Target>
      <Menu.Dropdown>
        {/* No fieldset is a child of a menu. */}
        {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
        <div role="group" aria-labelledby={every}>
          <Menu.Label id={every}>
            {dialogTexts.classEvery(slot.workout_plan.name, sayDay(slot.day))}
          </Menu.Label>
          <Menu.Item
            leftSection={<EditIcon size={16} />}
            onClick={() => open(`/classes/${slot.id}`)}
          >
            {dialogTexts.edit}
          </Menu.Item>
          <Menu.Sub>
            <Menu.Sub.Target>
              <Menu.Sub.Item leftSection={<SwapIcon size={16} />}>
                {dialogTexts.giveToVerb}
              </Menu.Sub.Item>
            </Menu.Sub.Target>
            <Menu.Sub.Dropdown mah={320} style={{ overflowY: "auto" }}>
              {coaches.map(
                ({ id, name }, at) =>
                  id !== slot.coach.id && (
                    <Menu.Item key={id} onClick={() => void move(slot, { coach: { id, name } })}>
                      {labels[at]?.label}
                    </Menu.Item>
                  ),
              )}
              {coaches.every(({ id }) => id === slot.coach.id) && (
                <Menu.Item onClick={() => open(`/classes/${slot.id}`)}>
                  {dialogTexts.addCoach}
                </Menu.Item>
              )}
            </Menu.Sub.Dropdown>
          </Menu.Sub>
          <Menu.Sub>
            <Menu.Sub.Target>
              <Menu.Sub.Item leftSection={<CopyIcon size={16} />}>
                {dialogTexts.copyTo}
              </Menu.Sub.Item>
            </Menu.Sub.Target>
            <Menu.Sub.Dropdown>
              {others.map((day) => (
                <Menu.Item key={day} onClick={() => void copy(slot, [day])}>
                  {sayDay(day)}
                </Menu.Item>
              ))}
              <Menu.Divider />
              <Menu.Item onClick={() => void copy(slot, others)}>
                {dialogTexts.everyOtherDay}
              </Menu.Item>
              <Menu.Item onClick={() => open(`/classes/new?copy=${slot.id}`)}>
                {dialogTexts.severalDays}
              </Menu.Item>
            </Menu.Sub.Dropdown>
          </Menu.Sub>
          <Menu.Item
            leftSection={<TrashIcon size={16} />}
            onClick={() => remove(slot, slot.workout_plan.name)}
          >
            {dialogTexts.delete}
          </Menu.Item>
        </div>
        <Menu.Divider />
        <Menu.Item
          leftSection={<CalendarIcon size={16} />}
          onClick={() => open(datePath(slot.id, date))}
        >
          {dialogTexts.changeOnlyOn(sayDate(date))}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
