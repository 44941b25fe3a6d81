import "@mantine/spotlight/styles.css";
import { Spotlight, spotlight } from "@mantine/spotlight";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { useChannel } from "@spotter/realtime";
import { differences, ofCoach, ofMove, ofPlan } from "../base/select-options";
import { CalendarIcon, DumbbellIcon, PeopleIcon, PlanIcon, SearchIcon } from "../base/icons";
import { recordPath } from "./navigation";
import { matches } from "../base/search-text";
import { clock } from "../base/time";

const SHOWN = 30;

interface Found {
  key: string;
  path: string;
  label: string;
  note: string;
  icon: React.ReactNode;
}

/** Finds any record by what it says. Opens as soon as it is there. */
export default function Search({ onClose }: { onClose: () => void }) {
  const [query, setQuery] = useState("");
  const [, navigate] = useLocation();
  const everything = useEverything();
  useEffect(() => spotlight.open(), []);
  const found =
    query.trim() === ""
      ? everything.slice(0, 8)
      : everything.filter(({ label, note }) => matches(`${label} ${note}`, query)).slice(0, SHOWN);

  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      shortcut={null}
      attributes={{ content: { "aria-label": "Search" } }}
      scrollable
      maxHeight={420}
    >
      <Spotlight.Search
        aria-label="Search everything"
        placeholder="Search classes, coaches, plans, moves"
        leftSection={<SearchIcon />}
      />
      <Spotlight.ActionsList>
        {found.map(({ key, path, label, note, icon }) => (
          <Spotlight.Action
            key={key}
            label={label}
            description={note}
            leftSection={icon}
            onClick={() => navigate(path)}
          />
        ))}
        {found.length === 0 && <Spotlight.Empty>Nothing fits. Try fewer words.</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function useEverything(): Found[] {
  const coaches = useChannel("coaches") ?? [];
  const plans = useChannel("workout_plans") ?? [];
  const moves = useChannel("exercise_moves") ?? [];
  const classes = useChannel("schedules") ?? [];
  const coachesApart = differences(coaches, ofCoach);
  const plansApart = differences(plans, ofPlan);
  const movesApart = differences(moves, ofMove);
  return [
    ...coaches.map((coach) => ({
      key: `c${coach.id}`,
      path: recordPath("coaches", coach.id),
      label: coach.name,
      note: noteOf("Coach", coachesApart.get(coach.id)),
      icon: <PeopleIcon />,
    })),
    ...plans.map((plan) => ({
      key: `p${plan.id}`,
      path: recordPath("workout_plans", plan.id),
      label: plan.name,
      note: noteOf("Plan", plansApart.get(plan.id) ?? plan.difficulty),
      icon: <PlanIcon />,
    })),
    ...moves.map((move) => ({
      key: `m${move.id}`,
      path: recordPath("exercise_moves", move.id),
      label: move.name,
      note: noteOf("Move", movesApart.get(move.id) ?? move.focus),
      icon: <DumbbellIcon />,
    })),
    ...classes.map((slot) => ({
      key: `s${slot.id}`,
      path: recordPath("schedules", slot.id),
      label: `${slot.workout_plan.name} with ${slot.coach.name}`,
      note: `Class, ${slot.day} ${clock(slot.hour)}`,
      icon: <CalendarIcon />,
    })),
  ];
}

function noteOf(kind: string, detail: string | undefined): string {
  return detail === undefined ? kind : `${kind}, ${detail}`;
}
