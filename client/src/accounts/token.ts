/** The proof of having signed in and who that was, kept over visits and shared by all pages. */
import { deviceStorage } from "@spotter/realtime";
import type { Credentials } from "@spotter/realtime";

const KEY = "spotter.token";

export function storedToken(): Credentials | null {
  return read(deviceStorage.get(KEY));
}

export function storeToken(credentials: Credentials | null): void {
  if (credentials === null) deviceStorage.remove(KEY);
  else deviceStorage.set(KEY, JSON.stringify(credentials));
}

/** Calls back when another page signed in or out, until the returned function is called. */
export function onOtherSignIn(changed: () => void): () => void {
  const listen = ({ key, oldValue, newValue }: StorageEvent) => {
    const isIt = key === KEY && read(oldValue)?.token !== read(newValue)?.token;
    if (isIt || key === null) changed();
  };
  addEventListener("storage", listen);
  return () => removeEventListener("storage", listen);
}

function read(text: string | null): Credentials | null {
  if (text === null || text === "") return null;
  try {
    const found = JSON.parse(text) as Partial<Credentials> | null;
    if (typeof found?.token !== "string") return null;
    return {
      token: found.token,
      account: typeof found.account === "string" ? found.account : null,
    };
  } catch {
    // An earlier version kept the token alone.
    return { token: text, account: null };
  }
}
