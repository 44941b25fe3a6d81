import "@mantine/core/styles/Radio.css";
import { Radio } from "@mantine/core";
import type { Coach, Schedule } from "../../protocol";
import { Avatar } from "../../ui/base/avatar";
import { differences, ofCoach } from "../../ui/base/select-options";
import styles from "./candidates.module.css";
import { sayBusy } from "./hand-over";
import { texts } from "./texts";

interface Offered {
  readonly coach: Coach;
  /** What the coach gives at these times already, or that in words; null if there is no time yet. */
  readonly busy: readonly Schedule[] | string | null;
}

interface Props {
  legend: string;
  found: readonly Offered[];
  chosen: number | null;
  onChoose: (id: number) => void;
  /** Whether they are in a frame of their own, if they are many: more follows them. */
  scrolls?: boolean;
}

/** Who can take over, of whom one is chosen. */
export function Candidates({ legend, found, chosen, onChoose, scrolls }: Props) {
  const apart = differences(
    found.map(({ coach }) => coach),
    ofCoach,
  );
  return (
    <fieldset className={styles["group"]}>
      <legend>{legend}</legend>
      {found.length === 0 && <p className="dim">{texts.noOther}</p>}
      <div className={styles["candidates"]} data-scrolls={scrolls || undefined}>
        {found.map(({ coach: { id, name, picture }, busy }) => {
          const difference = apart.get(id);
          return (
            <div key={id} className={styles["candidate"]}>
              <Avatar name={name} picture={picture} size={36} />
              <Radio
                name="to"
                label={difference ? `${name} (${difference})` : name}
                description={busy !== null && (sayOf(busy) || texts.isFreeThen)}
                checked={chosen === id}
                onChange={() => onChoose(id)}
              />
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}

function sayOf(busy: NonNullable<Offered["busy"]>): string {
  return typeof busy === "string" ? busy : sayBusy({ busy });
}
