import { notifications } from "@mantine/notifications";
import { storageProblem } from "@spotter/realtime";
import { useObservable } from "@spotter/realtime/react";
import { useEffect } from "react";
import { texts } from "./texts";

/** Says, once to each person, that what is typed here could not be kept on this device. */
export function useStorageWarning(account: string | null): void {
  const problem = useObservable(storageProblem);
  useEffect(() => {
    if (problem === null) return;
    notifications.show({
      id: `not-kept ${account}`,
      color: "var(--danger)",
      autoClose: false,
      message: `${problem === "full" ? texts.storageFull : texts.storageBlocked} ${texts.storageAdvice}`,
    });
  }, [problem, account]);
}
