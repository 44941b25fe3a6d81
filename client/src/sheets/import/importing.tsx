import { Alert, Button } from "@mantine/core";
import { useState } from "react";
import { WarningIcon } from "../../ui/base/icons";
import { Page } from "../../ui/shell/page";
import { ChooseFiles } from "./choose-files";
import type { ImportChannel } from "./fields";
import type { Gym } from "./gym";
import styles from "./import.module.css";
import { MissingNames } from "./missing-names";
import { Outcome } from "./outcome";
import { SheetPanel } from "./sheet-panel";
import { SheetTabs } from "./sheet-tabs";
import { useImport } from "./use-import";
import { WhatFits } from "./what-fits";
import { WriteBar } from "./write-bar";
import { texts } from "./texts";

interface Props {
  gym: Gym;
  wish: ImportChannel;
  languages: readonly string[];
}

/** The page of an import, from the files to what was written. */
export function Importing({ gym: live, wish, languages }: Props) {
  const all = useImport(live, languages);
  const { sheets, gym, drafts, dispatch, writing } = all;
  const [chosen, setChosen] = useState("");
  // Counts what was made, so that the focus goes to it each time.
  const [made, setMade] = useState(0);
  const sheet = sheets.find(({ key }) => key === chosen) ?? sheets[0];
  const reader = { wish, gym, languages };
  const isWriting = writing.progress !== null;

  return (
    <Page title={texts.import} note={texts.importNote}>
      <Outcome all={all} />
      <div className={styles["steps"]} inert={isWriting}>
        <ChooseFiles
          isFirst={sheets.length === 0}
          reader={reader}
          onOpen={(opened) => {
            dispatch({ type: "open", sheets: opened });
            setChosen(opened[0]?.key ?? "");
          }}
        />
        {sheets.length === 0 && <WhatFits />}
        {all.isForeign && (
          <Alert icon={<WarningIcon />} title={texts.foreignIds}>
            <p>{texts.foreignIdsWhy}</p>
            <Button mt="sm" onClick={() => dispatch({ type: "ids", ignored: true })}>
              {texts.leaveIdsOut}
            </Button>
          </Alert>
        )}
        <MissingNames
          missing={all.missing}
          gym={gym}
          dispatch={dispatch}
          onMade={(key) => {
            setChosen(key);
            setMade((count) => count + 1);
          }}
        />
        {sheets.length > 1 && sheet && (
          <SheetTabs sheets={sheets} drafts={drafts} chosen={sheet.key} onChoose={setChosen} />
        )}
        {sheet && (
          <SheetPanel
            key={sheet.key}
            sheet={sheet}
            among={sheets.length}
            drafts={drafts.get(sheet.key) ?? []}
            made={made}
            reader={reader}
            dispatch={dispatch}
          />
        )}
      </div>
      {sheets.length > 0 && <WriteBar all={all} />}
    </Page>
  );
}
