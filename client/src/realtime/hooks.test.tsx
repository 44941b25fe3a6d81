import { act, render } from "@testing-library/react";
import { memo } from "react";
import { expect, it } from "vitest";
import { FakeSocket } from "../../test/fake-socket";
import { MemoryStorage } from "../../test/memory-storage";
import { Realtime } from "./client";
import { RealtimeProvider, useChannel, useRecord } from "./hooks";
import type { Coach } from "./protocol";

const COUNT = 500;
const coach = (id: number, name = `Coach ${id}`): Coach => ({
  id,
  name,
  age: 30,
  picture: "",
  username: "",
});

let drawn: string[] = [];

function ByRecord({ id }: { id: number }) {
  const name = useRecord("coaches", id)?.record.name;
  drawn.push(`record ${id}`);
  return <p>{name}</p>;
}

const ByProps = memo(function ByProps({ record }: { record: Coach }) {
  drawn.push(`row ${record.id}`);
  return <p>{record.name}</p>;
});

function List() {
  return useChannel("coaches")?.map((record) => <ByProps key={record.id} record={record} />);
}

it("draws again only what shows the record that changed", () => {
  const socket = new FakeSocket();
  const realtime = new Realtime({ socket, storage: new MemoryStorage() });
  const ids = Array.from({ length: COUNT }, (_, at) => at + 1);
  socket.accept();
  socket.receive("sync", {
    mode: "snapshot",
    epoch: "e",
    seq: 1,
    snapshot: { coaches: ids.map((id) => ({ rev: 1, record: coach(id) })) },
  });
  render(
    <RealtimeProvider value={realtime}>
      {ids.map((id) => (
        <ByRecord key={id} id={id} />
      ))}
      <List />
    </RealtimeProvider>,
  );
  expect(drawn).toHaveLength(2 * COUNT);

  drawn = [];
  const change = { channel: "coaches", type: "put", id: 7, rev: 2, record: coach(7, "Ada") };
  act(() => socket.receive("changes", { epoch: "e", prev: 1, seq: 2, changes: [change] }));
  expect(drawn.toSorted()).toEqual(["record 7", "row 7"]);

  drawn = [];
  act(() => socket.receive("changes", { epoch: "e", prev: 2, seq: 2, changes: [] }));
  expect(drawn).toEqual([]);
});
