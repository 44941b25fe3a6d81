import { act, render } from "@testing-library/react";
import { memo } from "react";
import { expect, it } from "vitest";
import { Realtime } from "../realtime.js";
import { FakeSocket } from "../testing/fake-socket.js";
import { MemoryOutboxStorage } from "../testing/memory-outbox-storage.js";
import { protocol } from "../testing/test-protocol.js";
import type { Person } from "../testing/test-protocol.js";
import { RealtimeProvider } from "./hooks.js";
import { useChannel, useRecord } from "./queries.js";

const COUNT = 500;
const person = (id: number, name = `Person ${id}`): Person => ({
  id,
  name,
  age: 30,
  picture: "",
  username: "",
});

let drawn: string[] = [];

function ByRecord({ id }: { id: number }) {
  const name = useRecord("people", id)?.record.name;
  drawn.push(`record ${id}`);
  return <p>{name}</p>;
}

const ByProps = memo(function ByProps({ record }: { record: Person }) {
  drawn.push(`row ${record.id}`);
  return <p>{record.name}</p>;
});

function List() {
  return useChannel("people")?.map((record) => <ByProps key={record.id} record={record} />);
}

it("draws again only what shows the record that changed", () => {
  const socket = new FakeSocket();
  const realtime = new Realtime({ socket, protocol, storage: new MemoryOutboxStorage() });
  const ids = Array.from({ length: COUNT }, (_, at) => at + 1);
  socket.accept();
  socket.receive("sync", {
    mode: "snapshot",
    epoch: "e",
    seq: 1,
    snapshot: { people: ids.map((id) => ({ rev: 1, record: person(id) })) },
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
  const change = { channel: "people", type: "put", id: 7, rev: 2, record: person(7, "Ada") };
  act(() => socket.receive("changes", { epoch: "e", prev: 1, seq: 2, changes: [change] }));
  expect(drawn.toSorted()).toEqual(["record 7", "row 7"]);

  drawn = [];
  act(() => socket.receive("changes", { epoch: "e", prev: 2, seq: 2, changes: [] }));
  expect(drawn).toEqual([]);
});
