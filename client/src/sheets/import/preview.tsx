import { labelOf } from "./fields";
import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import type { Dispatch } from "react";
import { choices, ofCoach, ofPlan } from "../../ui/base/select-options";
import { isWarned } from "./draft";
import type { Draft, Status } from "./draft";
import { shownFields } from "./fields";
import { focusPage } from "../../ui/base/focus-page";
import type { Gym } from "./gym";
import type { Action } from "./import-state";
import hidden from "../../ui/base/hidden.module.css";
import styles from "./preview.module.css";
import { PreviewRow } from "./preview-row";
import type { Sheet } from "./sheet";
import { texts } from "./texts";
import { numbered } from "../../ui/base/locale";

const PAGE = 50;
/** A list of more is no help while one types. */
const SUGGESTED = 500;

type Kind = Status | "warned";

const filters = ["wrong", "warned", "new", "changed", "unchanged", "out", "written"] as const;

interface Props {
  sheet: Sheet;
  /** How many sheets there are, this one with them. */
  among: number;
  drafts: readonly Draft[];
  gym: Gym;
  dispatch: Dispatch<Action>;
}

/** The rows of a sheet and what becomes of each, a page at a time. */
export function Preview({ sheet, among, drafts, gym, dispatch }: Props) {
  const [filter, setFilter] = useState<Kind | null>(null);
  const [page, setPage] = useState(0);
  // What was shown stays while it is corrected, whatever the filter.
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());
  const fits = (draft: Draft) => filter === null || isOf(filter, draft) || kept.has(draft.key);
  const found = drafts.filter(fits);
  const pages = Math.max(1, Math.ceil(found.length / PAGE));
  const at = Math.min(page, pages - 1);
  const shown = found.slice(at * PAGE, (at + 1) * PAGE);
  const fields = shownFields(sheet.columns.channel).filter(
    ({ key, required }) => required || drafts.some(({ cells }) => cells[key] !== undefined),
  );
  const choose = (kind: Kind | null) => {
    setFilter(kind);
    setPage(0);
    setKept(new Set());
  };
  const change = (action: Action) => {
    if (filter !== null) setKept(new Set([...kept, ...shown.map(({ key }) => key)]));
    dispatch(action);
  };
  const wrong = drafts.filter(({ status }) => status === "wrong");

  return (
    <div className={styles["preview"]}>
      <Suggestions gym={gym} />
      <div className={styles["tools"]}>
        <fieldset className={styles["filters"]}>
          {among > 1 ? (
            <legend className={styles["of"]}>{texts.rowsOf(sheet.name)}</legend>
          ) : (
            <legend className={hidden["hidden"]}>{texts.show}</legend>
          )}
          <Filter
            label={texts.all}
            count={drafts.length}
            on={filter === null}
            onChoose={() => choose(null)}
          />
          {filters.map((kind) => {
            const count = drafts.filter((draft) => isOf(kind, draft)).length;
            return (
              (count > 0 || filter === kind) && (
                <Filter
                  key={kind}
                  label={kind === "warned" ? texts.withWarning : texts.status[kind]}
                  count={count}
                  isWrong={kind === "wrong"}
                  on={filter === kind}
                  onChoose={() => choose(kind)}
                />
              )
            );
          })}
        </fieldset>
        {filter === "wrong" && wrong.length > 0 && (
          <Button
            variant="default"
            size="compact-md"
            onClick={() => {
              focusPage();
              const lines = wrong.map(({ line }) => line);
              change({ type: "leave", key: sheet.key, lines, isOut: true });
            }}
          >
            {texts.leaveWrongOut}
          </Button>
        )}
      </div>
      <div className={styles["wide"]}>
        <table className={styles["table"]}>
          <thead>
            <tr>
              <th scope="col">{texts.rowLabel}</th>
              <th scope="col">{texts.becomes}</th>
              {fields.map((field) => (
                <th key={field.key} scope="col">
                  {labelOf(field)}
                </th>
              ))}
              <th scope="col">
                <span className={hidden["hidden"]}>{texts.whatToDo}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((draft) => (
              <PreviewRow
                key={draft.key}
                sheetKey={sheet.key}
                draft={draft}
                fields={fields}
                dispatch={change}
              />
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && (
        <nav aria-label={texts.pagesOfRows} className={styles["pages"]}>
          <Button variant="default" disabled={at === 0} onClick={() => setPage(at - 1)}>
            {texts.before}
          </Button>
          <span>
            {texts.fromTo(
              numbered(at * PAGE + 1),
              numbered(at * PAGE + shown.length),
              numbered(found.length),
            )}
          </span>
          <Button variant="default" disabled={at === pages - 1} onClick={() => setPage(at + 1)}>
            {texts.after}
          </Button>
        </nav>
      )}
    </div>
  );
}

function isOf(kind: Kind, draft: Draft): boolean {
  return kind === "warned" ? isWarned(draft) : draft.status === kind;
}

interface FilterProps {
  label: string;
  count: number;
  isWrong?: boolean;
  on: boolean;
  onChoose: () => void;
}

function Filter({ label, count, isWrong = false, on, onChoose }: FilterProps) {
  return (
    <button
      type="button"
      className={styles["filter"]}
      aria-pressed={on}
      data-wrong={isWrong || undefined}
      onClick={onChoose}
    >
      {label} {numbered(count)}
    </button>
  );
}

/** What one may choose from while one corrects a name. */
function Suggestions({ gym }: { gym: Gym }) {
  const lists = useMemo(() => {
    const coaches = Array.from(gym.coaches.values(), ({ record }) => record);
    const plans = Array.from(gym.workout_plans.values(), ({ record }) => record);
    return [
      { id: "import-coach_name", options: choices(coaches, ofCoach) },
      { id: "import-workout_plan_name", options: choices(plans, ofPlan) },
    ];
  }, [gym]);
  return lists.map(({ id, options }) => (
    <datalist key={id} id={id}>
      {options.slice(0, SUGGESTED).map(({ value, label }) => (
        <option key={value} value={label} aria-label={label} />
      ))}
    </datalist>
  ));
}
