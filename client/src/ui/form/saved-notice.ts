import { notifications } from "@mantine/notifications";
import { texts } from "./texts";

/** Where an edit waits for a connection; null if it does not wait. */
export type Waits = "on the device" | "on this page" | null;

/** Says that an edit was saved, or that it waits for a connection. */
export function savedNotice(what: string, waits: Waits): void {
  const say = { "on the device": texts.savedOnDevice, "on this page": texts.waitsOnPage };
  notifications.show({
    message: waits === null ? texts.saved(what) : say[waits](what),
    autoClose: waits === null ? 2_500 : 6_000,
  });
}
