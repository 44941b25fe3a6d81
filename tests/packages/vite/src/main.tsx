/** A list of coaches that are added, renamed and removed: what somebody writes on the first evening. */
import { createRealtime } from "@spotter/realtime";
import { createHooks, RealtimeProvider, useConnection, useOps } from "@spotter/realtime/react";
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { protocol } from "./protocol";
import type { Channels, Coach } from "./protocol";

const server = new URLSearchParams(location.search).get("server") ?? "http://localhost:5555";
const realtime = createRealtime({ protocol, url: server });
const { useChannel, useMutate } = createHooks<Channels>();

function App() {
  const coaches = useChannel("coaches");
  const { status } = useConnection();
  const waiting = useOps().length;
  const mutate = useMutate();
  const [message, setMessage] = useState("");

  async function add(form: FormData) {
    const data = { name: form.get("name"), age: Number(form.get("age")) };
    const outcome = await mutate({ channel: "coaches", kind: "new", data });
    if (outcome.status !== "refused") return setMessage("");
    outcome.dismiss();
    setMessage(String(outcome.ack.errors["errors"]));
  }

  return (
    <main data-status={status} data-waiting={waiting}>
      <form action={add}>
        <input name="name" aria-label="Name" />
        <input name="age" aria-label="Age" defaultValue="30" />
        <button>Add</button>
      </form>
      <p role="alert">{message}</p>
      <ul>
        {coaches?.map((coach) => (
          <Row key={coach.id} coach={coach} />
        ))}
      </ul>
    </main>
  );
}

function Row({ coach: { id, name } }: { coach: Coach }) {
  const mutate = useMutate();
  const rename = (form: FormData) => {
    const data = { name: form.get("name") };
    void mutate({ channel: "coaches", kind: "update", id, data });
  };
  return (
    <li aria-label={name}>
      <span>{name}</span>
      <form action={rename}>
        <input name="name" aria-label="New name" />
        <button>Rename</button>
      </form>
      <button onClick={() => mutate({ channel: "coaches", kind: "delete", id })}>Remove</button>
    </li>
  );
}

createRoot(document.getElementById("root") as HTMLElement).render(
  <RealtimeProvider value={realtime}>
    <App />
  </RealtimeProvider>,
);
