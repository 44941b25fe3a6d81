import type { Gym } from "./gym";

/** A coach with three classes, and one who is busy at one of these times. */
export async function illness(gym: Gym, name: string) {
  const [plan] = gym.all("workout_plans");
  const ill = await gym.coach(`${name} Ill`);
  const busy = await gym.coach(`${name} Busy`);
  const free = await gym.coach(`${name} Free`);
  const make = (coach: object, day: string, hour: string) =>
    gym.ask("new_schedule", { day, hour, coach, workout_plan: plan });
  const classes = [
    await make(ill, "Monday", "300"),
    await make(ill, "Tuesday", "300"),
    await make(ill, "Friday", "300"),
  ];
  await make(busy, "Tuesday", "330");
  return { ill, busy, free, plan: String(plan?.["name"]), ids: classes.map(({ id }) => id) };
}

/** Who gives these classes now. */
export function givers(gym: Gym, ids: readonly number[]): unknown[] {
  const coachOf = (id: number) =>
    gym.of("schedules", id).at(-1)?.record?.["coach"] as { name: string } | undefined;
  return ids.map((id) => coachOf(id)?.name);
}
