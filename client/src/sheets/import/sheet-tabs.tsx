import type { Draft } from "./draft";
import type { Sheet } from "./sheet";
import styles from "./sheet-tabs.module.css";
import { texts } from "./texts";

interface Props {
  sheets: readonly Sheet[];
  drafts: ReadonlyMap<string, readonly Draft[]>;
  chosen: string;
  onChoose: (key: string) => void;
}

/** Which of several sheets is looked at. */
export function SheetTabs({ sheets, drafts, chosen, onChoose }: Props) {
  return (
    <nav aria-label={texts.sheets} className={styles["tabs"]}>
      {sheets.map(({ key, name, columns }) => {
        const rows = drafts.get(key) ?? [];
        const wrong = rows.filter(({ status }) => status === "wrong").length;
        return (
          <button
            key={key}
            type="button"
            className={styles["tab"]}
            aria-current={key === chosen || undefined}
            onClick={() => onChoose(key)}
          >
            <span className={styles["name"]}>{name}</span>
            <span className={styles["what"]}>
              {texts.tables[columns.channel]}, {texts.rows(rows.length)}
              {wrong > 0 && <span className={styles["wrong"]}>, {texts.someWrong(wrong)}</span>}
            </span>
          </button>
        );
      })}
    </nav>
  );
}
