/** The library as others get it: packed, and installed into an app of tests/packages that is built from its lock file. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import type { Gym } from "./gym";

const root = resolve(__dirname, "../..");
const library = join(root, "client/packages/realtime");
const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript" };

export class PackageApp {
  readonly #folder: string;
  readonly #server: HttpServer;

  private constructor(folder: string, server: HttpServer) {
    this.#folder = folder;
    this.#server = server;
  }

  /** Packs the library, installs it into an app, makes the app's types of what a server says, and builds it. */
  static async build(name: string, server: string): Promise<PackageApp> {
    const folder = mkdtempSync(join(tmpdir(), `spotter-${name}-`));
    cpSync(join(root, "tests/packages", name), folder, { recursive: true });
    copyFileSync(join(root, "client/.npmrc"), join(folder, ".npmrc"));
    await pack(join(folder, "realtime.tgz"));
    await npm(folder, "ci", "--prefer-offline", "--fetch-retries=5", "--no-audit", "--no-fund");
    await follow(folder, server);
    await npm(folder, "run", "build");
    const site = serve(join(folder, "dist"));
    site.listen(0, "localhost");
    await once(site, "listening");
    return new PackageApp(folder, site);
  }

  /** The app's page, on an origin of its own, which connects to this server. */
  url(server: string, more: Record<string, string> = {}): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://localhost:${port}/?${String(new URLSearchParams({ server, ...more }))}`;
  }

  async remove(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Packs the library into a file. In a copy: others that pack it at the same time would clear what this builds. */
async function pack(file: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "spotter-library-"));
  const copy = join(folder, "packages/realtime");
  cpSync(library, copy, { recursive: true, filter: (path) => !path.endsWith("/dist") });
  copyFileSync(join(root, "client/tsconfig.json"), join(folder, "tsconfig.json"));
  symlinkSync(join(root, "client/node_modules"), join(folder, "node_modules"));
  const said = await npm(copy, "pack", "--silent", "--pack-destination", folder);
  copyFileSync(join(folder, said.trim().split("\n").at(-1) ?? ""), file);
  rmSync(folder, { recursive: true });
}

/** The id of a record that a page has made, once the others hear of it. */
export async function madeBy(gym: Gym, name: string): Promise<number> {
  const id = () => gym.changes.find(({ record }) => record?.["name"] === name)?.id;
  await expect.poll(id).toBeDefined();
  return id() ?? 0;
}

/** Cuts the network, and waits until the page knows: what happens from then on it is not told. */
export async function cutOff(page: Page): Promise<void> {
  await page.context().setOffline(true);
  await expect(page.locator("[data-status='offline']")).toBeVisible();
}

/** Does what the library's README says: its script makes the types, and its example is compiled with the app. */
async function follow(folder: string, server: string): Promise<void> {
  const readme = readFileSync(join(library, "README.md"), "utf8");
  const file = join(folder, "package.json");
  const app = JSON.parse(readFileSync(file, "utf8")) as { scripts: Record<string, string> };
  const script = /"protocol": "(.+)"/.exec(readme)?.[1] ?? "";
  app.scripts["protocol"] = script.replace("http://localhost:5555", server);
  writeFileSync(file, JSON.stringify(app));
  writeFileSync(join(folder, "src/readme.tsx"), /```tsx\n(.*?)```/s.exec(readme)?.[1] ?? "");
  await npm(folder, "run", "protocol");
}

/** Runs npm as somebody would who is in that folder; what it says, if it fails, is in the error. */
async function npm(folder: string, ...args: string[]): Promise<string> {
  const env = Object.fromEntries(
    // Of the npm that runs these tests.
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_(package|lifecycle)_|npm_config_local_prefix$|INIT_CWD$)/.test(name),
    ),
  );
  try {
    return (await promisify(execFile)("npm", args, { cwd: folder, env })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`npm ${args.join(" ")} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}

function serve(folder: string): HttpServer {
  return createServer((asked, answer) => {
    const { pathname } = new URL(asked.url ?? "/", "http://localhost");
    const file = join(folder, pathname === "/" ? "index.html" : pathname);
    if (!existsSync(file)) return answer.writeHead(404).end();
    answer.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain" });
    return answer.end(readFileSync(file));
  });
}
