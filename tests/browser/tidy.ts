/** What a test has made is gone after it: the next one, in whatever order, finds the lists as short as they were. */
import { Gym } from "./gym";
import type { Server } from "./server";

/** What uses others before what is used. */
const CHANNELS = ["exceptions", "schedules", "workout_plans", "coaches", "exercise_moves"] as const;
const EVENTS = {
  exceptions: "delete_exception",
  schedules: "delete_schedule",
  workout_plans: "delete_workout_plan",
  coaches: "delete_coach",
  exercise_moves: "delete_exercise_move",
} as const;
const LIMIT = 500;

/** Remembers what there is, and gives what deletes everything else. */
export async function tidied(server: Server): Promise<() => Promise<void>> {
  const before = await idsOf(server);
  return async () => {
    try {
      await deleteOthers(server, before);
    } catch {
      // A page that has just closed may have deleted some of it itself, with its last request.
      await deleteOthers(server, before);
    }
  };
}

async function deleteOthers(server: Server, before: Record<string, Set<number>>): Promise<void> {
  const gym = await Gym.connect(server.url);
  const writes = CHANNELS.flatMap((channel) =>
    gym
      .all(channel)
      .filter(({ id }) => !before[channel]?.has(id))
      .map(({ id }) => ({ event: EVENTS[channel], data: { id } })),
  );
  try {
    if (writes.length > 0 && writes.length <= LIMIT) await gym.ask("batch", { writes });
  } finally {
    gym.close();
  }
  // More than a client may delete at once.
  if (writes.length > LIMIT) await server.renew();
}

async function idsOf(server: Server): Promise<Record<string, Set<number>>> {
  const gym = await Gym.connect(server.url);
  gym.close();
  return Object.fromEntries(
    CHANNELS.map((channel) => [channel, new Set(gym.all(channel).map(({ id }) => id))]),
  );
}
