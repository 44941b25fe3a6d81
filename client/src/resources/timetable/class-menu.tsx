import { Menu } from "@mantine/core";
import { useChannel } from "@spotter/realtime";
import { useState } from "react";
import { useLocation } from "wouter";
import type { Schedule } from "../../protocol";
import { CopyIcon, EditIcon, MoreIcon, SwapIcon, TrashIcon } from "../../ui/base/icons";
import { choices, ofCoach } from "../../ui/base/select-options";
import { days } from "../../ui/base/time";
import { useRemove } from "../../ui/record/remove";
import { useCopy } from "./use-copy";
import { useMove } from "./use-move";

interface Props {
  slot: Schedule;
  label: string;
  className: string;
  /** Called when it could not be opened; a menu that is closed can be opened again. */
  onClose: () => void;
}

/** What can be done with a class in one step. Opens as soon as it is there. */
export default function ClassMenu({ slot, label, className }: Props) {
  const [opened, setOpened] = useState(true);
  const [, navigate] = useLocation();
  const coaches = useChannel("coaches") ?? [];
  const labels = choices(coaches, ofCoach);
  const move = useMove();
  const copy = useCopy();
  const remove = useRemove("schedules");
  const others = days.filter((day) => day !== slot.day);

  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-end" width={220}>
      <Menu.Target>
        <button type="button" className={className} aria-label={label}>
          <MoreIcon size={16} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<EditIcon size={16} />}
          onClick={() => navigate(`/classes/${slot.id}`)}
        >
          Edit
        </Menu.Item>
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item leftSection={<SwapIcon size={16} />}>Swap coach</Menu.Sub.Item>
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
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item leftSection={<CopyIcon size={16} />}>Copy to</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            {others.map((day) => (
              <Menu.Item key={day} onClick={() => void copy(slot, [day])}>
                {day}
              </Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Item onClick={() => void copy(slot, others)}>Every other day</Menu.Item>
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <Menu.Item
          leftSection={<TrashIcon size={16} />}
          onClick={() => remove(slot, slot.workout_plan.name)}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
