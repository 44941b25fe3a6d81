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
  navigate?: (path: string) => void;
}

/** What a notification says, with something to do about it. */
export function Toast({ text, action, onAction, links = [], more, navigate }: Props) {
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
            <li key={link.path}>
              <a
                href={link.path}
                onClick={(event) => {
                  event.preventDefault();
                  navigate?.(link.path);
                }}
              >
                {link.label}
              </a>
            </li>
          ))}
          {more !== undefined && <li>{more}</li>}
        </ul>
      )}
    </div>
  );
}
