import { useConnection } from "@spotter/realtime/react";
import { useEffect, useState } from "react";

/** How long a page that is not live waits before it asks whether the server is there at all. */
const PATIENCE = 10_000;

/** Whether the server answers and yet there is no live connection: something lets no websocket pass. */
export function useBlocked(): boolean {
  const isLive = useConnection().status === "live";
  const [answered, setAnswered] = useState(false);
  useEffect(() => {
    if (isLive) return undefined;
    let isWanted = true;
    const nobody = () => setAnswered(false);
    addEventListener("offline", nobody);
    const timer = setInterval(() => {
      void isThere().then((there) => isWanted && setAnswered(there));
    }, PATIENCE);
    return () => {
      isWanted = false;
      clearInterval(timer);
      removeEventListener("offline", nobody);
      setAnswered(false);
    };
  }, [isLive]);
  return answered && !isLive;
}

async function isThere(): Promise<boolean> {
  return fetch("/healthz", { cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );
}
