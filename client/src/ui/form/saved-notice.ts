import { notifications } from "@mantine/notifications";
import type { Realtime } from "@spotter/realtime";
import { texts } from "./texts";

/** Where an edit waits for a connection; null if it does not wait. */
export type Waits = "on the device" | "on this page" | null;

const SAVED_FOR = 2_500;

/** Says that an edit was saved, or that it waits for a connection: as long as that is shown, it says what became of it. */
export function savedNotice(
  realtime: Realtime,
  what: string,
  waits: Waits,
  op: string | null,
): void {
  if (waits === null || op === null) {
    notifications.show({ message: texts.saved(what), autoClose: SAVED_FOR });
    return;
  }
  const { ops } = realtime.outbox;
  const say = { "on the device": texts.waitsOnDevice, "on this page": texts.waitsOnPage };
  const id = `waits ${op}`;
  const follow = () => {
    const state = ops.get().find((each) => each.op === op)?.state;
    if (state === "queued") notifications.update({ id, message: say[waits](what) });
    else if (state === "sent") notifications.update({ id, message: texts.beingSent(what) });
    else if (state === "settled") {
      stop();
      notifications.update({ id, message: texts.saved(what), autoClose: SAVED_FOR });
    } else notifications.hide(id);
  };
  const stop = ops.subscribe(follow);
  notifications.show({ id, message: say[waits](what), autoClose: 6_000, onClose: stop });
  follow();
}
