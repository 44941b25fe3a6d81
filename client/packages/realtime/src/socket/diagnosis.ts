/** Finds out why a page has no connection, for the developer who has to mend it. Loaded when there is none. */

interface Attempt {
  /** The server's address. */
  readonly url: URL;
  readonly namespace: string;
  /** What Socket.IO said. */
  readonly message: string;
  /** The page's origin; null where there is no page. */
  readonly page: string | null;
}

/** One line for the console: what is wrong, and what to do. */
export async function diagnosis({ url, namespace, message, page }: Attempt): Promise<string> {
  const at = url.origin;
  if (message === "Invalid namespace")
    return `The server at ${at} has no namespace ${namespace}. Leave out the option "namespace", or name one that it has.`;
  if (page?.startsWith("https:") && url.protocol === "http:" && !isLoopback(url))
    return `A page with https cannot connect to ${at}. Serve that with TLS too, and give its https address as "url".`;
  const health = new URL("/healthz", url);
  const found = await fetch(health).catch(() => null);
  if (found === null) {
    // Who is not let in cannot read an answer, but there is one.
    const isThere = await fetch(health, { mode: "no-cors" }).then(
      () => true,
      () => false,
    );
    return isThere && page !== null
      ? `The server at ${at} does not let in pages of ${page}. Start it with ALLOWED_ORIGINS=${page}.`
      : `Nothing answers at ${at}. Start the server, or give its address and port: createRealtime({ url: "http://localhost:5555" }).`;
  }
  if (!(await isSpotter(found)))
    return `What answers at ${at} is not the server. Give its address and port: createRealtime({ url: "http://localhost:5555" }).`;
  return `The server at ${at} answers, but no websocket comes through. A proxy between it and this page has to pass on "Upgrade".`;
}

function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

async function isSpotter(answer: Response): Promise<boolean> {
  try {
    return "version" in ((await answer.json()) as object);
  } catch {
    return false;
  }
}
