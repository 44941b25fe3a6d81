/** Coaches in a collection of TanStack DB: a query over a whole channel, or, with `?part`, over what the query asks for. */
import { createRealtime } from "@spotter/realtime";
import { realtimeCollectionOptions } from "@spotter/realtime/tanstack-db";
import { and, createCollection, gte, like, useLiveQuery } from "@tanstack/react-db";
import { useState, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import { protocol } from "./protocol";

const params = new URLSearchParams(location.search);
const isPart = params.has("part");
const server = params.get("server") ?? "http://localhost:5555";
const realtime = createRealtime({
  protocol,
  url: server,
  prefix: "collections",
  sync: !isPart,
});
const coaches = createCollection(realtimeCollectionOptions({ realtime, channel: "coaches" }));

const { status } = realtime.connection;

function App() {
  const connection = useSyncExternalStore(status.subscribe, status.get);
  const [least, setLeast] = useState(18);
  const { data } = useLiveQuery(
    (query) =>
      query
        .from({ coach: coaches })
        .where(({ coach }) => and(like(coach.name, "Db %"), gte(coach.age, least)))
        .orderBy(({ coach }) => coach.name),
    [least],
  );
  const first = useLiveQuery((query) =>
    query
      .from({ coach: coaches })
      .where(({ coach }) => gte(coach.age, 60))
      .orderBy(({ coach }) => coach.name)
      .limit(2),
  );
  const [message, setMessage] = useState("");

  function add(form: FormData) {
    const made = coaches.insert({
      id: -Date.now(),
      name: String(form.get("name")),
      age: Number(form.get("age")),
      picture: "",
      username: "",
    });
    made.isPersisted.promise.then(
      () => setMessage("Saved"),
      (error: Error) => setMessage(error.message),
    );
  }

  return (
    <main data-status={connection.status} data-held={coaches.size}>
      <form action={add}>
        <input name="name" aria-label="Name" />
        <input name="age" aria-label="Age" defaultValue="30" />
        <button>Add</button>
      </form>
      <input
        aria-label="At least"
        type="number"
        value={least}
        onChange={(event) => setLeast(Number(event.target.value))}
      />
      <p role="alert">{message}</p>
      <ul>
        {data.map(({ id, name, age }) => (
          <li key={id} aria-label={name}>
            <span>{`${name}, ${age}`}</span>
            <button onClick={() => coaches.update(id, (coach) => void (coach.age += 1))}>
              Older
            </button>
            <button onClick={() => coaches.delete(id)}>Remove</button>
          </li>
        ))}
      </ul>
      <p data-testid="first">{first.data.map(({ name }) => name).join(", ")}</p>
    </main>
  );
}

createRoot(document.getElementById("root") as HTMLElement).render(<App />);
