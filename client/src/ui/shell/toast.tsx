import { Button } from "@mantine/core";
import type { RecordLink } from "./navigation";
import styles from "./toast.module.css";

interface Props {
  text: string;
  action?: string;
  onAction?: () => void;
  links?: readonly RecordLink[];
  /** Said after the links, of those that are not among them. */
  more?: string | undefined;
  /** Where those are. */
  all?: string | undefined;
  navigate?: (path: string) => void;
}

/** What a notification says, with something to do about it. */
export function Toast({ text, action, onAction, links = [], more, all, navigate }: Props) {
  const to = (path: string, label: string) => (
    <a
      href={path}
      onClick={(event) => {
        event.preventDefault();
        navigate?.(path);
      }}
    >
      {label}
    </a>
  );
  return (
    <div className={styles["toast"]}>
      <span>{text}</span>
      {action !== undefined && (
        <Button size="compact-sm" onClick={onAction}>
          {action}
        </Button>
      )}
      {links.length > 0 && (
        <ul>
          {links.map((link) => (
            <li key={link.path}>{to(link.path, link.label)}</li>
          ))}
          {more !== undefined && <li>{all === undefined ? more : to(all, more)}</li>}
        </ul>
      )}
    </div>
  );
}
