/** The records of this library's own tests. */
import type { Protocol } from "../protocol/protocol.js";

export interface Person {
  id: number;
  name: string;
  age: number;
  picture: string;
  username: string;
}

export interface Visit {
  id: number;
  day: string;
  hour: string;
  person: { id: number; name: string };
}

export interface Task {
  id: number;
  name: string;
}

declare module "../protocol/protocol.js" {
  interface Register {
    channels: { people: Person; visits: Visit; tasks: Task };
  }
}

export const protocol = {
  singular: { people: "person", visits: "visit", tasks: "task" },
  writeOnly: { people: ["password"] },
} as const satisfies Protocol;
