import type { AnyRecord } from "@spotter/realtime";
import type { Waits } from "./saved-notice";

/** What the form of a record is given by the page or the dialog that it stands in. */
export interface FormProps {
  /** Null for a new record. */
  id: number | null;
  /** Over another form, which needs this record: what was typed there of its name. Only what is required is asked for. */
  called?: string;
  /** `op` names the edit; null where nothing had to be saved. Without a connection there is no record yet. */
  onSaved: (saved: AnyRecord | null, waits: Waits, op: string | null) => void;
  onCancel: () => void;
}
