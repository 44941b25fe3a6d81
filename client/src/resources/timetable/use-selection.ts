import { createContext, use, useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import type { KeyboardEvent, MouseEvent } from "react";
import type { Schedule } from "../../protocol";
import { isCovered } from "./covered";
import { next, NOTHING, selectedOf } from "./selection";
import type { Selection, Step } from "./selection";

type Select = (id: number, range: boolean) => void;

/** Selects a class, or no longer, or all up to it; null for those who may not change any. */
export const SelectClass = createContext<Select | null>(null);

export interface Selecting {
  readonly on: boolean;
  readonly selected: readonly Schedule[];
  /** The ids of the selected ones; null while none are being selected. */
  readonly ids: ReadonlySet<number> | null;
  readonly begin: () => void;
  readonly all: () => void;
  readonly end: () => void;
  readonly select: Select;
}

/** The classes that are selected, of these. Escape ends it. */
export function useSelection(visible: readonly Schedule[]): Selecting {
  const [selection, dispatch] = useReducer(
    (before: Selection, step: Step) => next(before, step, visible),
    NOTHING,
  );
  const { on } = selection;
  const last = useRef<number | null>(null);
  const begin = useCallback(() => {
    last.current = null;
    dispatch({ type: "begin" });
  }, []);
  const all = useCallback(() => dispatch({ type: "all" }), []);
  const end = useCallback(() => dispatch({ type: "end" }), []);
  const select = useCallback<Select>((id, range) => {
    last.current = id;
    dispatch({ type: "select", id, range });
  }, []);

  const was = useRef(on);
  useEffect(() => {
    if (was.current === on) return;
    was.current = on;
    // What had the focus is no longer there.
    const id = last.current;
    const own = on ? `[data-select="${id}"]` : `[data-class="${id}"] a`;
    const place = id === null ? null : document.querySelector<HTMLElement>(own);
    const button = document.querySelector<HTMLElement>("[data-begin-selection]");
    // A class that a filter hides cannot have it.
    const focused = place?.checkVisibility() ? place : button;
    focused?.focus({ preventScroll: true });
  }, [on]);

  useEffect(() => {
    if (!on) return undefined;
    const leave = (event: globalThis.KeyboardEvent) => {
      if (event.key === "Escape" && !isCovered()) end();
    };
    // Before a dialog hears of it and closes: then it is the dialog's.
    addEventListener("keydown", leave, true);
    return () => removeEventListener("keydown", leave, true);
  }, [on, end]);

  const selected = useMemo(() => selectedOf(selection, visible), [selection, visible]);
  const ids = useMemo(() => (on ? new Set(selected.map(({ id }) => id)) : null), [on, selected]);
  return { on, selected, ids, begin, all, end, select };
}

/** What a class listens to, to be selected: Ctrl- and Shift-click, and the key X. */
export function useSelectable(id: number) {
  const select = use(SelectClass);
  if (select === null) return {};
  return {
    onClickCapture: (event: MouseEvent) => {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey) return;
      if ((event.target as Element).closest("button, input")) return;
      event.preventDefault();
      event.stopPropagation();
      select(id, event.shiftKey);
    },
    onKeyDownCapture: (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "x" || event.ctrlKey || event.metaKey || event.altKey) return;
      // A menu of the class hears the keys of its own items.
      if (!event.currentTarget.contains(event.target as Element)) return;
      event.preventDefault();
      select(id, event.shiftKey);
    },
  };
}
