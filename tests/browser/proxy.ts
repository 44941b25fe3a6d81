/** What may stand between a browser and the server: a proxy that fails, and serves another version of the app. */
import { once } from "node:events";
import { createServer, request } from "node:http";
import type { IncomingMessage, Server as HttpServer, ServerResponse } from "node:http";
import { connect } from "node:net";
import type { AddressInfo, Socket } from "node:net";

const TEXT = /\.(js|css|json)$|^text\/html/;

export class Proxy {
  /** Answers a request in the server's place if it returns true. */
  interfere: (path: string, answer: ServerResponse) => boolean = () => false;
  /** Which build the server is said to have: the real one, or a later one with all its parts renamed. */
  version = 1;
  /** Whether websockets are let through, as some proxies of companies do not. */
  passesSockets = true;
  /** The paths that were asked for. */
  readonly asked: string[] = [];
  readonly #target: URL;
  readonly #server: HttpServer;
  readonly #sockets = new Set<Socket>();

  private constructor(target: string) {
    this.#target = new URL(target);
    this.#server = createServer((asked, answer) => void this.#pass(asked, answer));
    this.#server.on("upgrade", (asked, socket: Socket, head) => this.#upgrade(asked, socket, head));
    this.#server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
  }

  static async before(target: string): Promise<Proxy> {
    const proxy = new Proxy(target);
    proxy.#server.listen(0, "localhost");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Where the parts of this version are. */
  get folder(): string {
    return this.version === 1 ? "assets/" : `assets/v${this.version}/`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  async #pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const path = asked.url ?? "/";
    this.asked.push(path);
    if (this.interfere(path, answer)) return;
    const isPart = path.startsWith("/assets/") && path !== "/assets/manifest.json";
    if (isPart && path.slice(1, this.folder.length + 1) !== this.folder) return notThere(answer);
    const there = isPart ? path.replace(this.folder, "assets/") : path;
    const { hostname, port, host } = this.#target;
    // The server knows of no later version: it would say that nothing has changed.
    const { "if-none-match": __, "if-modified-since": ___, ...rest } = asked.headers;
    const headers = { ...rest, host, "accept-encoding": "identity" };
    const passed = request({ hostname, port, path: there, method: asked.method, headers });
    passed.end();
    const [given] = (await once(passed, "response")) as [IncomingMessage];
    const body = Buffer.concat(await given.toArray());
    const { "content-length": _, ...kept } = given.headers;
    answer.writeHead(given.statusCode ?? 502, kept);
    const isText = TEXT.test(there) || TEXT.test(given.headers["content-type"] ?? "");
    answer.end(isText ? body.toString().replaceAll("assets/", this.folder) : body);
  }

  #upgrade(asked: IncomingMessage, socket: Socket, head: Buffer): void {
    if (!this.passesSockets) {
      socket.end("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
      return;
    }
    const upstream = connect(Number(this.#target.port), this.#target.hostname, () => {
      const lines = Object.entries({ ...asked.headers, host: this.#target.host });
      const text = lines.map(([name, value]) => `${name}: ${String(value)}\r\n`).join("");
      upstream.write(`GET ${asked.url} HTTP/1.1\r\n${text}\r\n`);
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("error", () => upstream.destroy());
    socket.on("close", () => upstream.destroy());
  }
}

function notThere(answer: ServerResponse): void {
  answer.writeHead(404, { "content-type": "text/plain" });
  answer.end("Not there.");
}
