import { Button, NativeSelect } from "@mantine/core";
import { useEffect, useEffectEvent, useRef } from "react";
import type { Dispatch } from "react";
import { ColumnsEditor } from "./columns-editor";
import type { Draft } from "./draft";
import { order } from "./fields";
import type { ImportChannel } from "./fields";
import type { Action } from "./import-state";
import { withColumns } from "./open-sheet";
import type { Reader } from "./open-sheet";
import { Preview } from "./preview";
import type { Sheet } from "./sheet";
import styles from "./sheet-panel.module.css";
import { texts } from "./texts";

interface Props {
  sheet: Sheet;
  /** How many sheets there are, this one with them. */
  among: number;
  drafts: readonly Draft[];
  /** How often rows were made that name what others lack: each time the focus goes to them. */
  made: number;
  reader: Reader;
  dispatch: Dispatch<Action>;
}

/** One sheet: what it is, which column is what, and what becomes of its rows. */
export function SheetPanel({ sheet, among, drafts, made, reader, dispatch }: Props) {
  const isMade = sheet.key.startsWith("made ");
  const panel = useRef<HTMLElement>(null);
  const focusMade = useEffectEvent(() => {
    if (!isMade) return;
    const { current } = panel;
    (
      current?.querySelector<HTMLElement>("[aria-invalid]") ?? current?.querySelector("h2")
    )?.focus();
  });
  useEffect(() => {
    if (made > 0) focusMade();
  }, [made]);
  const { key, name, columns, source } = sheet;
  const read = (changed: Sheet) => dispatch({ type: "read", sheet: changed });
  return (
    <section ref={panel} aria-label={name} className={styles["panel"]}>
      <header className={styles["head"]}>
        <h2 tabIndex={-1}>{name}</h2>
        {!isMade && (
          <NativeSelect
            aria-label={texts.whatIs(name)}
            data={order.map((channel) => ({ value: channel, label: texts.tables[channel] }))}
            value={columns.channel}
            onChange={(event) => {
              const channel = event.currentTarget.value as ImportChannel;
              read(withColumns(sheet, { channel }, reader));
            }}
          />
        )}
        <Button variant="subtle" onClick={() => dispatch({ type: "close", key })}>
          {isMade || source === null ? texts.removeRows : texts.remove}
        </Button>
      </header>
      {isMade ? (
        <p className="dim">{texts.namedByOthers}</p>
      ) : (
        <ColumnsEditor sheet={sheet} reader={reader} onRead={read} />
      )}
      <Preview
        key={columns.fields.join()}
        sheet={sheet}
        among={among}
        drafts={drafts}
        gym={reader.gym}
        dispatch={dispatch}
      />
    </section>
  );
}
