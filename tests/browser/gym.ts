/** A client of the server without a page: it sets a test up, and hears what was sent. */
import { io } from "socket.io-client";
import type { Socket } from "socket.io-client";

interface Ack {
  ok: boolean;
  data: { id: number } & Record<string, unknown>;
  errors: Record<string, unknown>;
}

export interface Change {
  channel: string;
  type: "put" | "del";
  id: number;
  record: Record<string, unknown> | null;
}

type Entries = {
  rev: number;
  record: { id: number } & Record<string, unknown>;
}[];

async function tokenOf(url: string, signIn: object): Promise<string> {
  const socket = io(url, { transports: ["websocket"], forceNew: true });
  const ack = (await socket.emitWithAck("login", signIn)) as { token: string };
  socket.close();
  return ack.token;
}

export class Gym {
  /** Every change since this client connected, its own included. */
  readonly changes: Change[] = [];
  /** Of the newest commit. */
  seq = 0;
  /** The same, by the commit that made them. */
  readonly commits: Change[][] = [];
  readonly #url: string;
  readonly #socket: Socket;
  #snapshot: Record<string, Entries> = {};

  private constructor(url: string, socket: Socket) {
    this.#url = url;
    this.#socket = socket;
    socket.on("changes", ({ seq, changes }: { seq: number; changes: Change[] }) => {
      this.seq = seq;
      this.changes.push(...changes);
      if (changes.length > 0) this.commits.push(changes);
    });
  }

  static async connect(url: string, token?: string): Promise<Gym> {
    const auth = { sync: true, ...(token === undefined ? {} : { token }) };
    const socket = io(url, { transports: ["websocket"], forceNew: true, auth });
    const gym = new Gym(url, socket);
    await new Promise<void>((resolve, reject) => {
      socket.on("sync", (answer: { seq: number; snapshot: Record<string, Entries> }) => {
        gym.seq = answer.seq;
        gym.#snapshot = answer.snapshot;
        resolve();
      });
      // One that it tries again is a busy machine's.
      socket.on("connect_error", (error) => socket.active || reject(error));
    });
    return gym;
  }

  static async signedIn(url: string, username: string, password: string): Promise<Gym> {
    return Gym.connect(url, await tokenOf(url, { username, password }));
  }

  /** Makes an account of a coach of this name, and gives its token. */
  async account(name: string): Promise<string> {
    const signIn = { username: `${name.toLowerCase()}.${Date.now()}`, password: "long enough" };
    await this.coach(name, signIn);
    return tokenOf(this.#url, signIn);
  }

  /** The records of a channel when this client connected. */
  all(channel: string): Entries[number]["record"][] {
    return (this.#snapshot[channel] ?? []).map((entry) => entry.record);
  }

  /** Sends a request that must succeed, and gives its record. */
  async ask(event: string, data: unknown): Promise<Ack["data"]> {
    const ack = (await this.#socket.emitWithAck(event, data)) as Ack;
    if (!ack.ok) throw new Error(`${event}: ${JSON.stringify(ack.errors)}`);
    return ack.data;
  }

  coach(name: string, more: object = {}) {
    return this.ask("new_coach", { name, age: 30, ...more });
  }

  /** A class of a coach and a plan that nothing else in the gym has. */
  async class(name: string, day: string, hour: string) {
    const coach = await this.coach(`${name} Coach`);
    const [move] = this.all("exercise_moves");
    const plan = await this.ask("new_workout_plan", {
      name,
      difficulty: "Beginner",
      description: "A plan for one test alone.",
      exercise_moves: [{ id: move?.id }],
    });
    return this.ask("new_schedule", { day, hour, coach, workout_plan: plan });
  }

  /** The changes of one record. */
  of(channel: string, id: number): Change[] {
    return this.changes.filter((change) => change.channel === channel && change.id === id);
  }

  close(): void {
    this.#socket.close();
  }
}
