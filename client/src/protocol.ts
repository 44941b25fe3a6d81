/** The records of each channel. Generated from the server's /asyncapi.json: npm run protocol. */
import type { Protocol } from "@spotter/realtime";

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
  exercise_moves: Array<
    ExerciseMove & { sets: number | null; reps: string; rest: number | null; notes: string }
  >;
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
  minutes: number;
  room: string;
  capacity: number | null;
}

export interface Exception {
  id: number;
  date: string;
  schedule: {
    id: number;
    day: "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday";
    hour: string;
  } | null;
  cancelled: boolean;
  coach: { id: number; name: string } | null;
  note: string;
}

export interface Channels {
  coaches: Coach;
  workout_plans: WorkoutPlan;
  exercise_moves: ExerciseMove;
  schedules: Schedule;
  exceptions: Exception;
}

declare module "@spotter/realtime" {
  interface Register {
    channels: Channels;
  }
}

export const protocol = {
  singular: {
    coaches: "coach",
    workout_plans: "workout_plan",
    exercise_moves: "exercise_move",
    schedules: "schedule",
    exceptions: "exception",
  },
  writeOnly: { coaches: ["password"] },
  sortKeys: {
    schedules: {
      day: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
      hour: "number",
    },
    exceptions: {
      "schedule.day": [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
      ],
      "schedule.hour": "number",
    },
  },
} as const satisfies Protocol;
