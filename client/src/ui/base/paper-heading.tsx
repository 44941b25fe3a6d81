import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { useGymName } from "./gym-name";
import { locale } from "./locale";
import styles from "./paper-heading.module.css";

/** Above what is printed: whose it is, and of which day. On the screen it is not there. */
export function PaperHeading() {
  const gym = useGymName();
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    // The page may be open since yesterday.
    const look = () => flushSync(() => setNow(new Date()));
    addEventListener("beforeprint", look);
    return () => removeEventListener("beforeprint", look);
  }, []);
  return (
    <p className={styles["heading"]}>
      <strong>{gym}</strong>
      <time>{locale().date({ dateStyle: "long" }).format(now)}</time>
    </p>
  );
}
