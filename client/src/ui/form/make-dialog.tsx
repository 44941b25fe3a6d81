import { Modal } from "@mantine/core";
import { useRealtime } from "@spotter/realtime/react";
import type { Channel, Realtime, RecordOf } from "@spotter/realtime";
import type { ReactNode } from "react";
import { things } from "../shell/things";
import type { FormProps } from "./form-props";
import { OverAll, useOnTop } from "./layers";
import { savedNotice } from "./saved-notice";
import { texts } from "./texts";

/** What makes a record in place, over the form that needs it. */
export interface MakeProps<C extends Channel> {
  /** What was typed of its name. */
  called: string;
  /** The record, which has a provisional id as long as it waits for a connection. */
  onMade: (record: RecordOf<C>) => void;
  onClose: () => void;
}

interface Props<C extends Channel> extends MakeProps<C> {
  channel: C;
  /** For forms with more than one column. */
  wide?: boolean;
  /** The form of a new record. */
  children: (form: FormProps) => ReactNode;
}

/** A dialog with the form of a new record, over another form, which stays as it is. */
export function MakeDialog<C extends Channel>(props: Props<C>) {
  return (
    <OverAll>
      <Opened {...props} />
    </OverAll>
  );
}

function Opened<C extends Channel>(props: Props<C>) {
  const { channel, called, wide = false, onMade, onClose, children } = props;
  const realtime = useRealtime();
  const onTop = useOnTop();
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnEscape={onTop}
      // What was typed is not lost to a click beside it.
      closeOnClickOutside={false}
      title={things.newOne(channel)}
      size={wide ? 960 : "md"}
      closeButtonProps={{ "aria-label": texts.close }}
    >
      {children({
        id: null,
        called,
        onCancel: onClose,
        onSaved: (saved, waits, op) => {
          if (waits !== null) savedNotice(realtime, things.newOne(channel), waits, op);
          const made = saved ?? waiting(realtime, channel, op);
          onClose();
          if (made) onMade(made as RecordOf<C>);
        },
      })}
    </Modal>
  );
}

/** The record that an edit will make, as it is shown until then. */
function waiting(realtime: Realtime, channel: Channel, name: string | null) {
  const op = realtime.outbox.ops.get().find((each) => each.op === name);
  return op?.kind === "new" ? realtime.table(channel).get()?.get(op.id)?.record : undefined;
}
