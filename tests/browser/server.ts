/** The real server, on a free port, with a database of its own. */
import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const python = process.env["PYTHON"] ?? join(root, ".venv/bin/python");

/** For how long a server may take to start on a busy machine, in milliseconds. */
export const STARTING = 300_000;

/** After so long a question is asked anew: what it came to may be no server any more. */
const ANSWERING = 20_000;

/** Of the admin, where not everybody may write. */
export const PASSWORD = "a password for tests";

/** The file of a filled gym, by whether it has demo accounts. */
const filled = new Map<boolean, Buffer>();

export class Server {
  readonly #folder = mkdtempSync(join(tmpdir(), "spotter-"));
  readonly #env: NodeJS.ProcessEnv;
  #process: ChildProcess | null = null;
  readonly url: string;
  /** Whether everybody may write. */
  readonly isOpen: boolean;

  readonly #module: string;
  readonly #project: string;

  private constructor(
    port: number,
    settings: Record<string, string>,
    module: string,
    project = root,
  ) {
    this.#module = module;
    this.#project = project;
    this.url = `http://localhost:${port}`;
    this.isOpen = (settings["ACCESS"] ?? "open") === "open";
    this.#env = {
      ...process.env,
      PORT: String(port),
      DATABASE_URL: `sqlite:///${join(this.#folder, "gym.db")}`,
      ...settings,
    };
  }

  /**
   * A server with the gym of seed.py, and an admin with `PASSWORD` where seed.py makes no demo accounts.
   * `module` is what runs: one that declares other rights, perhaps.
   */
  static async start(settings: Record<string, string> = {}, module = "server"): Promise<Server> {
    const server = new Server(await freePort(), settings, module);
    server.#fill();
    await server.up();
    return server;
  }

  /** A server with nothing in its gym, as on the first day. */
  static async startEmpty(): Promise<Server> {
    const server = new Server(await freePort(), {}, "server");
    await server.up();
    return server;
  }

  /** A server of another folder than this project's, such as a copy of it with further resources, with nothing in it. */
  static async startOf(project: string, settings: Record<string, string> = {}): Promise<Server> {
    const server = new Server(await freePort(), settings, "server", project);
    await server.up();
    return server;
  }

  /** A gym is made once in a worker, and copied for each server: after a command the file alone is whole. */
  #fill(): void {
    const file = join(this.#folder, "gym.db");
    const made = filled.get(this.isOpen);
    if (made !== undefined) {
      writeFileSync(file, made, { mode: 0o600 });
      return;
    }
    this.seed();
    if (!this.isOpen) this.addAdmin();
    filled.set(this.isOpen, readFileSync(file));
  }

  seed(...args: string[]): void {
    this.#run(["seed.py", "--replace", ...args]);
  }

  addAdmin(): void {
    this.#run(
      ["-m", "flask", "--app", "server", "account", "add", "admin", "--role", "admin"],
      PASSWORD,
    );
  }

  /** Starts it (again), on the same port and the same data. */
  async up(): Promise<void> {
    const child = spawn(python, ["-m", this.#module], {
      cwd: this.#project,
      env: this.#env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    let said = "";
    child.stdout.on("data", (data) => (said += data));
    child.stderr.on("data", (data) => (said += data));
    const ended = once(child, "exit").then(() => {
      throw new Error(`The server did not start: ${said}`);
    });
    ended.catch(() => {});
    await Promise.race([ended, this.#answers()]);
  }

  /** Another setting, from its next start on. */
  set(name: string, value: string): void {
    this.#env[name] = value;
  }

  /** Ends it as a crash would, with nothing said to its clients. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (!child || child.exitCode !== null) return;
    const exit = once(child, "exit");
    child.kill("SIGKILL");
    await exit;
  }

  /** Begins anew with the gym that it had at first. */
  async renew(): Promise<void> {
    await this.kill();
    for (const name of readdirSync(this.#folder)) rmSync(join(this.#folder, name));
    this.#fill();
    await this.up();
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #run(args: string[], input = ""): void {
    const { status, stderr } = spawnSync(python, args, {
      cwd: this.#project,
      env: this.#env,
      input,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${args.join(" ")} failed: ${stderr}`);
  }

  async #answers(): Promise<void> {
    const deadline = Date.now() + STARTING;
    while (Date.now() < deadline) {
      try {
        const signal = AbortSignal.timeout(ANSWERING);
        if ((await fetch(`${this.url}/healthz`, { signal })).ok) return;
      } catch {
        // Not yet.
      }
      await new Promise((next) => setTimeout(next, 100));
    }
    throw new Error("The server did not answer in time.");
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "localhost");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
