/** What somebody did to the sheets so far, and what was written of them. Pure. */
import type { ImportChannel } from "./fields";
import { replacedKey } from "./gym";
import type { Gym, Target } from "./gym";
import { withMade } from "./make";
import type { Missing } from "./review";
import type { Cells, Sheet } from "./sheet";
import type { Written } from "./writing";

export interface ImportState {
  readonly sheets: readonly Sheet[];
  readonly replaced: ReadonlyMap<string, number>;
  readonly ignoresIds: boolean;
  /** What was written and not taken back, in its order. */
  readonly batches: readonly Written[];
}

export const nothing: ImportState = {
  sheets: [],
  replaced: new Map(),
  ignoresIds: false,
  batches: [],
};

export type Action =
  | { type: "open"; sheets: readonly Sheet[] }
  | { type: "close"; key: string }
  /** Another reading of a sheet that is open. */
  | { type: "read"; sheet: Sheet }
  | { type: "edit"; key: string; line: number; cells: Cells }
  | { type: "leave"; key: string; lines: readonly number[]; isOut: boolean }
  | { type: "accept"; key: string; line: number }
  | { type: "replace"; channel: Target; name: string; id: number }
  | { type: "make"; channel: Target; missing: readonly Missing[]; gym: Gym }
  | { type: "ids"; ignored: boolean }
  | { type: "written"; batches: readonly Written[] }
  | { type: "undone"; seq: number };

export function reduce(state: ImportState, action: Action): ImportState {
  const changed = (key: string, change: (sheet: Sheet) => Partial<Sheet>): ImportState => ({
    ...state,
    sheets: state.sheets.map((sheet) =>
      sheet.key === key ? { ...sheet, ...change(sheet) } : sheet,
    ),
  });
  switch (action.type) {
    case "open":
      return { ...state, sheets: [...state.sheets, ...action.sheets] };
    case "close":
      return { ...state, sheets: state.sheets.filter(({ key }) => key !== action.key) };
    case "read":
      return changed(action.sheet.key, () => action.sheet);
    case "edit":
      return changed(action.key, ({ edits }) => {
        const { line, cells } = action;
        return { edits: new Map(edits).set(line, { ...edits.get(line), ...cells }) };
      });
    case "leave":
      return changed(action.key, ({ out }) => {
        const left = new Set(out);
        for (const line of action.lines) left[action.isOut ? "add" : "delete"](line);
        return { out: left };
      });
    case "accept":
      return changed(action.key, ({ accepted }) => ({
        accepted: new Set(accepted).add(action.line),
      }));
    case "replace": {
      const key = replacedKey(action.channel, action.name);
      return { ...state, replaced: new Map(state.replaced).set(key, action.id) };
    }
    case "make":
      return {
        ...state,
        sheets: withMade(state.sheets, action.channel, action.missing, action.gym),
      };
    case "ids":
      return { ...state, ignoresIds: action.ignored };
    case "written":
      return { ...state, batches: [...state.batches, ...action.batches] };
    case "undone":
      return { ...state, batches: state.batches.filter(({ seq }) => seq !== action.seq) };
  }
}

/** The rows that were written, and what record each is. */
export function writtenIn(batches: readonly Written[]): ReadonlyMap<string, number> {
  return new Map(batches.flatMap(({ ids }) => Array.from(ids)));
}

/** How the cell of a field is edited: a name that is typed counts, whatever id stood beside it. */
export function editOf(channel: ImportChannel, key: string, text: string): Cells {
  const id = key.replace(/_name$/, "_id");
  const hasId = key.endsWith("_name") && (channel === "schedules" || channel === "workout_plans");
  return hasId ? { [key]: text, [id]: "" } : { [key]: text };
}
