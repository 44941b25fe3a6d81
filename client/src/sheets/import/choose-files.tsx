import { Button, FileButton, Textarea } from "@mantine/core";
import { useState } from "react";
import type { ClipboardEvent } from "react";
import { TableIcon } from "../../ui/base/icons";
import styles from "./choose-files.module.css";
import { openSheet } from "./open-sheet";
import type { Reader } from "./open-sheet";
import type { Sheet } from "./sheet";
import { useDrop } from "./use-drop";
import { texts } from "./texts";

/** Larger files hold more rows than anybody looks through. */
const MOST_BYTES = 20_000_000;
const MOST_ROWS = 50_000;
/** A workbook, whatever its program: a zip file, or the older kind. */
const WORKBOOK = /\.(xlsx?|xlsm|ods|numbers)$/i;

interface Props {
  /** Whether nothing was opened yet. */
  isFirst: boolean;
  reader: Reader;
  onOpen: (sheets: readonly Sheet[]) => void;
}

/** Takes files that are chosen or dropped, and rows that are pasted. */
export function ChooseFiles({ isFirst, reader, onOpen }: Props) {
  const [problems, setProblems] = useState<readonly string[]>([]);

  const take = async (files: readonly File[]) => {
    const read = await Promise.all(files.map((file) => open(file, reader)));
    setProblems(read.filter((each) => typeof each === "string"));
    const sheets = read.filter((each) => typeof each !== "string");
    if (sheets.length > 0) onOpen(sheets);
  };
  const isOver = useDrop((files) => void take(files));
  const paste = (event: ClipboardEvent) => {
    event.preventDefault();
    const content = event.clipboardData.getData("text/plain");
    const sheet = openSheet({ key: crypto.randomUUID(), name: texts.pastedRows, content }, reader);
    setProblems(sheet.table.lines.length === 0 ? [texts.nothingPasted] : []);
    if (sheet.table.lines.length > 0) onOpen([sheet]);
  };

  return (
    <section
      aria-label={texts.chooseTable}
      className={styles["choose"]}
      data-over={isOver || undefined}
      data-more={!isFirst || undefined}
    >
      <div className={styles["files"]}>
        <FileButton
          multiple
          accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
          onChange={(files) => void take(files)}
        >
          {(props) => (
            <Button
              {...props}
              variant={isFirst ? "filled" : "default"}
              leftSection={<TableIcon />}
              size={isFirst ? "md" : "sm"}
            >
              {isFirst ? texts.chooseFiles : texts.addFiles}
            </Button>
          )}
        </FileButton>
        {isFirst && (
          <p className="dim">
            <span className={styles["drop"]}>{texts.orDrop} </span>
            {texts.whichFiles}
          </p>
        )}
      </div>
      {problems.length > 0 && (
        <ul role="alert" className={styles["problems"]}>
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      <Textarea
        label={texts.pasteHere}
        description={isFirst && texts.asCopied}
        rows={isFirst ? 3 : 2}
        value=""
        onChange={() => {}}
        onPaste={paste}
        className={styles["paste"] ?? ""}
      />
    </section>
  );
}

/** The sheet of a file, or why there is none. */
async function open(file: File, reader: Reader): Promise<Sheet | string> {
  const { name } = file;
  if (WORKBOOK.test(name)) {
    return texts.isWorkbook(name);
  }
  if (file.size > MOST_BYTES) return texts.tooBig(name);
  try {
    const content = new Uint8Array(await file.arrayBuffer());
    const sheet = openSheet({ key: crypto.randomUUID(), name, content }, reader);
    const rows = sheet.table.lines.length;
    if (rows === 0) return texts.isEmpty(name);
    return rows > MOST_ROWS ? texts.tooLong(name) : sheet;
  } catch {
    return texts.notRead(name);
  }
}
