import { Button, CopyButton } from "@mantine/core";
import { useEffect, useState } from "react";
import { useFeed, useFeedEvent } from "./feed";
import { Demo } from "./demo";
import styles from "../developers.module.css";
import { texts } from "../texts";

interface Props {
  /** The event that asks for one, and the key of the answer. */
  event: "uuid" | "hex";
  title: string;
}

/** A random text that the server makes on request. */
export function RandomText({ event, title }: Props) {
  const feed = useFeed();
  const [text, setText] = useState<string | null>(null);
  useFeedEvent<Record<string, string>>(event, (data) => setText(data[event] ?? null));
  useEffect(() => {
    feed.emit(event);
  }, [feed, event]);
  return (
    <Demo title={title} note={texts.madeByServer}>
      <output className={styles["code"]}>{text ?? "…"}</output>
      <div className={styles["row"]}>
        <Button onClick={() => feed.emit(event)}>{texts.newOne}</Button>
        <CopyButton value={text ?? ""}>
          {({ copied, copy }) => (
            <Button variant="default" disabled={text === null} onClick={copy}>
              {copied ? texts.copied : texts.copy}
            </Button>
          )}
        </CopyButton>
      </div>
    </Demo>
  );
}
