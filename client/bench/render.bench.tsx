// Each measurement asserts in `measure` that something was drawn.
/* oxlint-disable vitest/expect-expect */
/**
 * How much one change among many records costs: what React draws again, and how long that takes.
 * Run it with `npm run bench`. It prints and judges nothing: times differ between machines.
 */
import { MantineProvider } from "@mantine/core";
import { Realtime } from "@spotter/realtime";
import { RealtimeProvider } from "@spotter/realtime/react";
import { FakeSocket } from "@spotter/realtime/testing";
import { MemoryOutboxStorage } from "@spotter/realtime/testing";
import { act, render } from "@testing-library/react";
import { Profiler } from "react";
import type { ReactNode } from "react";
import { expect, it } from "vitest";
import { protocol } from "../src/protocol";
import type { Schedule } from "../src/protocol";
import CoachesPage from "../src/resources/coaches/list";
import TimetablePage from "../src/resources/timetable/page";
import { days } from "../src/ui/base/time";

const ROUNDS = 20;

const coach = (id: number, name = `Coach ${id}`) => ({
  id,
  name,
  age: null,
  picture: null,
  username: null,
});

const slot = (id: number, hour = `${6 + (id % 15)}00`): Schedule => ({
  id,
  day: days[id % 7] ?? "Monday",
  hour,
  coach: { id: id % 40, name: `Coach ${id % 40}` },
  workout_plan: { id: id % 20, name: `Plan ${id % 20}`, difficulty: "Beginner" },
  minutes: 60,
  room: "",
  capacity: null,
});

function measure(
  name: string,
  page: ReactNode,
  snapshot: object,
  change: (round: number) => object,
) {
  const socket = new FakeSocket();
  const realtime = new Realtime({ socket, protocol, storage: new MemoryOutboxStorage() });
  const commits: number[] = [];
  socket.accept();
  socket.receive("sync", { mode: "snapshot", epoch: "e", seq: 1, snapshot });
  const view = render(
    <MantineProvider env="test">
      <RealtimeProvider value={realtime}>
        <Profiler id={name} onRender={(_id, _phase, actual) => commits.push(actual)}>
          {page}
        </Profiler>
      </RealtimeProvider>
    </MantineProvider>,
  );
  const first = commits.reduce((sum, time) => sum + time, 0);
  commits.length = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const seq = round + 2;
    const changes = [{ type: "put", rev: seq, ...change(round) }];
    act(() => socket.receive("changes", { epoch: "e", prev: seq - 1, seq, changes }));
  }
  const each = commits.reduce((sum, time) => sum + time, 0) / ROUNDS;
  console.log(
    `${name}: first ${first.toFixed(0)} ms; one change ${each.toFixed(2)} ms ` +
      `in ${(commits.length / ROUNDS).toFixed(1)} commits (React's own time)`,
  );
  view.unmount();
  expect(commits.length).toBeGreaterThanOrEqual(ROUNDS);
}

it("the list of 5,000 coaches", () => {
  const coaches = Array.from({ length: 5_000 }, (_, at) => ({ rev: 1, record: coach(at + 1) }));
  measure("5,000 coaches", <CoachesPage />, { coaches }, (round) => ({
    channel: "coaches",
    id: 17,
    record: coach(17, `Coach 17 in round ${round}`),
  }));
});

it("a timetable of 1,000 classes", () => {
  const schedules = Array.from({ length: 1_000 }, (_, at) => ({ rev: 1, record: slot(at + 1) }));
  measure("1,000 classes", <TimetablePage params={{}} />, { schedules }, (round) => ({
    channel: "schedules",
    id: 17,
    record: slot(17, round % 2 ? "900" : "1000"),
  }));
});
