import { notifications } from "@mantine/notifications";

/** Says that an edit was saved, or that it waits for a connection. */
export function savedNotice(what: string, queued: boolean): void {
  notifications.show({
    message: queued
      ? `${what} kept on this device. It is sent as soon as there is a connection.`
      : `${what} saved`,
    autoClose: queued ? 6_000 : 2_500,
  });
}
