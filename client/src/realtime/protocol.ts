/** The records of each channel. Generated from the server's /asyncapi.json: npm run protocol. */

export interface Coach {
  id: number;
  name: string;
  age: number;
  picture: string;
  username: string;
}

export interface WorkoutPlan {
  id: number;
  name: string;
  difficulty: string;
  description: string;
  exercise_moves: ExerciseMove[];
}

export interface ExerciseMove {
  id: number;
  name: string;
  focus: string;
  description: string;
  video_link: string;
}

export interface Schedule {
  id: number;
  day: "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday";
  hour: string;
  coach: { id: number; name: string };
  workout_plan: { id: number; name: string; difficulty: string };
}

export interface Channels {
  coaches: Coach;
  workout_plans: WorkoutPlan;
  exercise_moves: ExerciseMove;
  schedules: Schedule;
}

/** What names the events of a channel: `new_coach`, `update_coach`, `delete_coach`. */
export const singular = {
  coaches: "coach",
  workout_plans: "workout_plan",
  exercise_moves: "exercise_move",
  schedules: "schedule",
} as const satisfies Record<keyof Channels, string>;

/** Fields that are written and never read; they are passwords. */
export const secrets = { coaches: ["password"] } as const satisfies Partial<
  Record<keyof Channels, readonly string[]>
>;
