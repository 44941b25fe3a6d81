import { notifications } from "@mantine/notifications";
import { storageProblem, useObservable } from "@spotter/realtime";
import { useEffect } from "react";

const why = {
  blocked: "This browser keeps nothing for Spotter.",
  full: "This browser has no room left to keep anything for Spotter.",
};

/** Says, once to each person, that what is typed here could not be kept on this device. */
export function useStorageWarning(account: string | null): void {
  const problem = useObservable(storageProblem);
  useEffect(() => {
    if (problem === null) return;
    notifications.show({
      id: `not-kept ${account}`,
      color: "var(--danger)",
      autoClose: false,
      message: `${why[problem]} Edits are sent while there is a connection. Until an edit is saved, leave this page open.`,
    });
  }, [problem, account]);
}
