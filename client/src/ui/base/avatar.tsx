import { useState } from "react";
import styles from "./avatar.module.css";
import { initials } from "./initials";

interface Props {
  name: string;
  picture?: string;
  size?: number;
}

/** A picture, or one made of the initials where there is none or it does not load. */
export function Avatar({ name, picture = "", size = 40 }: Props) {
  const [broken, setBroken] = useState<string | null>(null);
  const shows = picture !== "" && broken !== picture;
  return (
    <span
      className={styles["avatar"]}
      style={{ width: size, height: size, fontSize: size * 0.42 }}
      data-hue={hue(name)}
      aria-hidden="true"
    >
      {shows ? (
        <img
          src={picture}
          alt=""
          loading="lazy"
          referrerPolicy="no-referrer"
          onError={() => setBroken(picture)}
        />
      ) : (
        initials(name)
      )}
    </span>
  );
}

/** One of twelve colours, always the same for a name. */
function hue(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0) % 12;
}
