import { notifications } from "@mantine/notifications";

/** Where an edit waits for a connection; null if it does not wait. */
export type Waits = "on the device" | "on this page" | null;

/** Says that an edit was saved, or that it waits for a connection. */
export function savedNotice(what: string, waits: Waits): void {
  const notice = {
    "on the device": `${what} kept on this device. It is sent as soon as there is a connection.`,
    "on this page": `${what} waits for a connection, and is not kept on this device. Leave this page open until it is sent.`,
  };
  notifications.show({
    message: waits === null ? `${what} saved` : notice[waits],
    autoClose: waits === null ? 2_500 : 6_000,
  });
}
