// The servers that scenes are taken of: one with the demo gym that everybody may change (SCENES_OPEN), one with the same gym that
// asks who one is, and the admin ("admin", "a password for tests") alone (SCENES_CLOSED), and one with nothing in it (SCENES_EMPTY).
import { io } from "socket.io-client";

const addresses = {
  open: process.env.SCENES_OPEN ?? "http://localhost:5555",
  closed: process.env.SCENES_CLOSED ?? "http://localhost:5556",
  empty: process.env.SCENES_EMPTY ?? "http://localhost:5557",
};
const DEMO = "spotter-demo";
const PASSWORD = "a password for tests";
const DELETES = {
  exceptions: "delete_exception",
  schedules: "delete_schedule",
  workout_plans: "delete_workout_plan",
  coaches: "delete_coach",
  exercise_moves: "delete_exercise_move",
};
const LISTS = {
  exceptions: "list_exceptions",
  schedules: "list_schedules",
  workout_plans: "list_workout_plans",
  coaches: "list_coaches",
  exercise_moves: "list_exercise_moves",
};
const servers = new Map();

/** The Wednesday that comes, in the evening, when two classes are on. */
function wednesday() {
  const now = new Date();
  now.setUTCDate(now.getUTCDate() + ((10 - now.getUTCDay()) % 7));
  now.setUTCHours(18, 10, 0, 0);
  return now;
}

/** The date so many days after that Wednesday. */
export function dateAfter(count) {
  const date = wednesday();
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

async function connect(url, signIn) {
  const socket = io(url, { transports: ["websocket"], forceNew: true });
  const ask = async (event, ...data) => {
    const ack = await socket.timeout(20_000).emitWithAck(event, ...data);
    if (ack.ok === false) throw new Error(`${event}: ${JSON.stringify(ack.errors)}`);
    return event === "login" ? ack : ack.data;
  };
  const token = signIn ? (await ask("login", signIn)).token : undefined;
  return { ask, token };
}

async function idsOf(gym) {
  const all = {};
  for (const [channel, event] of Object.entries(LISTS)) {
    const { records } = await gym.ask(event, { limit: 1000 });
    all[channel] = records.map(({ id }) => id);
  }
  return all;
}

async function start(kind) {
  const url = addresses[kind];
  const password = kind === "open" ? DEMO : PASSWORD;
  const gym = await connect(url, kind === "empty" ? null : { username: "admin", password });
  const before = await idsOf(gym);
  return {
    url,
    now: wednesday(),
    gym,
    connect: (username) => connect(url, { username, password }),
    /** The storage of a browser in which this person is signed in. */
    async signedIn(username) {
      const { token } = await connect(url, { username, password });
      const localStorage = [{ name: "spotter.token", value: token }];
      return { cookies: [], origins: [{ origin: url, localStorage }] };
    },
    /** Deletes what a scene has made. */
    async tidy() {
      const after = await idsOf(gym);
      for (const [channel, event] of Object.entries(DELETES)) {
        for (const id of after[channel].filter((each) => !before[channel].includes(each)))
          await gym.ask(event, id);
      }
    },
  };
}

export async function serverOf(kind) {
  if (!servers.has(kind)) servers.set(kind, await start(kind));
  return servers.get(kind);
}

/** What a gym has after some days of work: classes that overlap, dates that are different, people who edit, things that were changed. */
export async function prepare() {
  const { ask } = await connect(addresses.open, { username: "admin", password: DEMO });
  const { records: classes } = await ask("list_schedules", { limit: 1000 });
  if (!classes.some(({ room }) => room === "Mezzanine")) {
    const strong = classes.find((each) => each.workout_plan.name === "Strong Legs").workout_plan;
    const leila = classes.find(({ coach }) => coach.name === "Leila Haddad").coach;
    const jonas = classes.find(({ coach }) => coach.name === "Jonas Weber").coach;
    const make = (day, hour, coach, room) =>
      ask("new_schedule", {
        day,
        hour,
        minutes: 45,
        room,
        capacity: 12,
        coach,
        workout_plan: strong,
      });
    await make("Tuesday", "1730", leila, "Weight Room");
    await make("Thursday", "1745", jonas, "Weight Room");
    await make("Saturday", "1030", jonas, "Mezzanine");
    const lunch = classes.find(({ day, hour }) => day === "Wednesday" && hour === "1215");
    await ask("new_exception", {
      date: dateAfter(0),
      schedule: { id: lunch.id },
      cancelled: true,
      note: "The floor is wet.",
    });
    for (const age of [39, 40]) await ask("update_coach", { id: jonas.id, age });
    await ask("update_workout_plan", {
      id: strong.id,
      description: "Squats, deadlifts and lunges, with long rests.",
    });
  }
  for (const [username, id] of [
    ["coach", 1],
    ["admin", 4],
  ]) {
    const colleague = await connect(addresses.open, { username, password: DEMO });
    const edits = () => colleague.ask("editing", { channel: "schedules", id, on: true });
    await edits();
    setInterval(edits, 10_000);
  }
  const admin = await connect(addresses.closed, { username: "admin", password: PASSWORD });
  for (const username of ["viewer", "nadia.front-desk"]) {
    // Those of a run before are there still.
    const account = { username, role: "viewer", password: PASSWORD };
    await admin.ask("new_account", account).catch(() => {});
  }
  await admin.ask("set_account", { username: "tomas.herrera", password: PASSWORD });
}
