import { labelOf } from "./fields";
import { inList } from "../../ui/base/locale";
import { Checkbox, NativeSelect } from "@mantine/core";
import { useId, useState } from "react";
import styles from "./columns-editor.module.css";
import { encodings } from "./decode";
import type { Encoding } from "./decode";
import { fields as fieldsOf } from "./fields";
import { openAgain, withColumns, withField } from "./open-sheet";
import type { Reader } from "./open-sheet";
import { bodyOf } from "./sheet";
import type { Sheet } from "./sheet";
import type { Delimiter } from "./table";
import { texts } from "./texts";

interface Props {
  sheet: Sheet;
  reader: Reader;
  onRead: (sheet: Sheet) => void;
}

/** Which column of a sheet is which field: guessed, and put right here. */
export function ColumnsEditor({ sheet, reader, onRead }: Props) {
  const { columns } = sheet;
  const used = columns.fields.filter((key) => key !== null).length;
  const lacking = lackingIn(sheet);
  // From then on it is as somebody opens and closes it.
  const [isOpen, setIsOpen] = useState(lacking.length > 0);
  return (
    <details
      className={styles["columns"]}
      open={isOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary>
        {texts.columnsUsed(used, columns.fields.length)}
        {lacking.length > 0 && (
          <span className={styles["lacking"]}>{texts.noneFor(inList(lacking))}</span>
        )}
        {columns.channel === "schedules" &&
          !columns.fields.includes("minutes") &&
          texts.lastsAnHour}
      </summary>
      {isOpen && <Content sheet={sheet} reader={reader} onRead={onRead} />}
    </details>
  );
}

function Content({ sheet, reader, onRead }: Props) {
  const { columns, source, table } = sheet;
  return (
    <>
      <div className={styles["how"]}>
        <Checkbox
          label={texts.hasTitles}
          checked={columns.hasTitles}
          onChange={(event) =>
            onRead(withColumns(sheet, { hasTitles: event.currentTarget.checked }, reader))
          }
        />
        {source && (
          <>
            <NativeSelect
              label={texts.betweenCells}
              data={Object.entries(texts.delimiters).map(([value, label]) => ({ value, label }))}
              value={table.delimiter}
              onChange={(event) => {
                const delimiter = event.currentTarget.value as Delimiter;
                onRead(openAgain(sheet, { delimiter }, reader));
              }}
            />
            <NativeSelect
              label={texts.encoding}
              data={Object.entries(encodings).map(([value, label]) => ({ value, label }))}
              value={source.encoding}
              onChange={(event) => {
                const encoding = event.currentTarget.value as Encoding;
                onRead(openAgain(sheet, { encoding }, reader));
              }}
            />
          </>
        )}
      </div>
      <ul className={styles["list"]}>
        {columns.fields.map((key, at) => (
          // The columns of a file stay in their places.
          // oxlint-disable-next-line react/no-array-index-key
          <Column key={at} sheet={sheet} at={at} field={key} onRead={onRead} />
        ))}
      </ul>
    </>
  );
}

interface ColumnProps {
  sheet: Sheet;
  at: number;
  field: string | null;
  onRead: (sheet: Sheet) => void;
}

function Column({ sheet, at, field, onRead }: ColumnProps) {
  const id = useId();
  const { columns, table } = sheet;
  const title = columns.hasTitles ? table.lines[0]?.cells[at]?.trim() : "";
  const cells = bodyOf(sheet)
    .slice(0, 20)
    .map((line) => line.cells[at]?.trim() ?? "");
  const samples = [...new Set(cells.filter(Boolean))].slice(0, 3).join(", ");
  return (
    <li className={styles["column"]}>
      <NativeSelect
        id={id}
        label={title || texts.column(at + 1)}
        description={samples || texts.empty}
        data={[
          { value: "", label: texts.notUsed },
          ...fieldsOf[columns.channel].map((each) => ({ value: each.key, label: labelOf(each) })),
        ]}
        value={field ?? ""}
        onChange={(event) => onRead(withField(sheet, at, event.currentTarget.value || null))}
      />
    </li>
  );
}

/** What a new record needs, and no column has. */
function lackingIn({ columns }: Sheet): string[] {
  const has = new Set(columns.fields);
  return fieldsOf[columns.channel]
    .filter(({ key, required }) => required && !has.has(key) && !has.has("id"))
    .filter(({ key }) => !has.has(key.replace(/_name$/, "_id")))
    .map(labelOf);
}
