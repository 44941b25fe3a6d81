import "@mantine/core/styles/Radio.css";
import { Radio } from "@mantine/core";
import type { Coach } from "../../protocol";
import { Avatar } from "../../ui/base/avatar";
import { differences, ofCoach } from "../../ui/base/select-options";
import styles from "./candidates.module.css";
import { sayTimes } from "./hand-over";
import type { Candidate } from "./hand-over";
import { texts } from "./texts";

interface Offered {
  readonly coach: Coach;
  /** What the coach gives at these times already, in words: "" for nothing, null if there is no time yet. */
  readonly said: string | null;
}

interface Props {
  legend: string;
  found: readonly (Offered | Candidate)[];
  chosen: number | null;
  onChoose: (id: number) => void;
  /** Which classes are at the same time, in words: nobody is called free for them. "" if none are. */
  atOnce?: string;
  /** Whether they are in a frame of their own, if they are many: more follows them. */
  scrolls?: boolean;
}

/** Who can take over, of whom one is chosen. */
export function Candidates({ legend, found, chosen, onChoose, atOnce = "", scrolls }: Props) {
  const apart = differences(
    found.map(({ coach }) => coach),
    ofCoach,
  );
  return (
    <fieldset className={styles["group"]}>
      <legend>{legend}</legend>
      {found.length === 0 && <p className="dim">{texts.noOther}</p>}
      {atOnce !== "" && <p className={styles["warning"]}>{atOnce}</p>}
      <div className={styles["candidates"]} data-scrolls={scrolls || undefined}>
        {found.map((each) => {
          const { id, name, picture } = each.coach;
          const said = "said" in each ? each.said : sayTimes(each);
          const difference = apart.get(id);
          return (
            <div key={id} className={styles["candidate"]}>
              <Avatar name={name} picture={picture} size={36} />
              <Radio
                name="to"
                label={difference ? `${name} (${difference})` : name}
                description={said !== null && (said || (atOnce === "" && texts.isFreeThen))}
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
