import { CloseButton } from "@mantine/core";
import "@mantine/spotlight/styles.css";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { useDeferredValue, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { useChannel } from "@spotter/realtime/react";
import type { AnyRecord, Channel } from "@spotter/realtime";
import { differences, ofCoach, ofMove, ofPlan } from "../base/select-options";
import {
  CalendarIcon,
  DumbbellIcon,
  ListIcon,
  PeopleIcon,
  PlanIcon,
  SearchIcon,
} from "../base/icons";
import { matches } from "../base/search-text";
import { sayLevel } from "../base/levels";
import { capital } from "../base/locale";
import { sayTime } from "./labels";
import { nameOf, recordPath } from "./navigation";
import { texts } from "./texts";
import { things } from "./things";
import { useOwnRecords } from "./use-own-records";

const SHOWN = 30;
/** As many stand there before anything is typed. */
const FIRST = 8;
const LIST = "found";

// What the arrows are at is told to those who only hear it; the library's own parts are plain buttons.
const combobox = { role: "combobox", "aria-autocomplete": "list" } as const;
const listbox = { role: "listbox" } as const;
const option = { role: "option" } as const;

const [store, spotlight] = createSpotlight();

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
  const [selected, setSelected] = useState(-1);
  // The library tells nobody; it has chosen when its own handlers are through.
  const look = () => setTimeout(() => setSelected(store.getState().selected));
  useEffect(() => spotlight.open(), []);
  const own = useOwnRecords(useDeferredValue(query.trim()));
  const found =
    query.trim() === ""
      ? everything.slice(0, FIRST)
      : everything
          .filter(({ label, note }) => matches(`${label} ${note}`, query))
          .slice(0, SHOWN)
          .concat(own.map(({ channel, record }) => ownFound(channel, record)));

  const more = query.trim() === "" ? everything.length - found.length : 0;

  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={(sought) => {
        setQuery(sought);
        look();
      }}
      onSpotlightClose={onClose}
      shortcut={null}
      // As long as its list may be, it stays where one types.
      centered={false}
      attributes={{ content: { "aria-label": texts.search } }}
      scrollable
      maxHeight={420}
    >
      <Spotlight.Search
        aria-label={texts.searchEverything}
        placeholder={texts.searchExamples}
        {...combobox}
        onKeyDown={look}
        aria-expanded={found.length > 0}
        aria-controls={LIST}
        aria-activedescendant={found[selected] && optionId(selected)}
        leftSection={<SearchIcon />}
        rightSection={<CloseButton aria-label={texts.close} onClick={() => spotlight.close()} />}
        rightSectionPointerEvents="all"
        rightSectionWidth={48}
      />
      <Spotlight.ActionsList id={LIST} {...listbox} aria-label={texts.whatWasFound}>
        {found.map(({ key, path, label, note, icon }, at) => (
          <Spotlight.Action
            key={key}
            // The library keeps an id to itself.
            ref={(element) => element?.setAttribute("id", optionId(at))}
            {...option}
            aria-selected={at === selected}
            label={label}
            description={note}
            leftSection={icon}
            onClick={() => navigate(path)}
          />
        ))}
        {found.length === 0 && <Spotlight.Empty>{texts.nothingFits}</Spotlight.Empty>}
      </Spotlight.ActionsList>
      {more > 0 && <Spotlight.Footer>{texts.moreToFind(more)}</Spotlight.Footer>}
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
      note: noteOf(texts.coach, coachesApart.get(coach.id)),
      icon: <PeopleIcon />,
    })),
    ...plans.map((plan) => ({
      key: `p${plan.id}`,
      path: recordPath("workout_plans", plan.id),
      label: plan.name,
      note: noteOf(texts.plan, plansApart.get(plan.id) ?? sayLevel(plan.difficulty)),
      icon: <PlanIcon />,
    })),
    ...moves.map((move) => ({
      key: `m${move.id}`,
      path: recordPath("exercise_moves", move.id),
      label: move.name,
      note: noteOf(texts.move, movesApart.get(move.id) ?? move.focus),
      icon: <DumbbellIcon />,
    })),
    ...classes.map((slot) => ({
      key: `s${slot.id}`,
      path: recordPath("schedules", slot.id),
      label: texts.classWith(slot.workout_plan.name, slot.coach.name),
      note: noteOf(texts.class, sayTime(slot.day, slot.hour)),
      icon: <CalendarIcon />,
    })),
  ];
}

function ownFound(channel: Channel, record: AnyRecord): Found {
  return {
    key: `${channel}${record.id}`,
    path: recordPath(channel, record.id),
    label: nameOf(record),
    note: capital(things.one(channel)),
    icon: <ListIcon />,
  };
}

function optionId(at: number): string {
  return `${LIST}-${at}`;
}

function noteOf(kind: string, detail: string | undefined): string {
  return detail === undefined ? kind : `${kind}, ${detail}`;
}
