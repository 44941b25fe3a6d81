import { sayLevel } from "../../ui/base/levels";
import styles from "./difficulty.module.css";

/** How hard in three steps, or null for a word that says nothing about it. Any word is allowed. */
export function level(difficulty: string): 1 | 2 | 3 | null {
  const word = difficulty.toLowerCase();
  if (/easy|begin|novice|light|gentle|low|starter|basic|leicht|anf[aä]ng|einfach|sanft/.test(word))
    return 1;
  if (/inter|medium|moderate|mid|normal|mittel|mäßig/.test(word)) return 2;
  if (
    /hard|adv|expert|pro|intens|high|elite|extrem|tough|fortgeschritten|schwer|hart|profi/.test(
      word,
    )
  )
    return 3;
  return null;
}

/** The difficulty in its own word, with bars for how hard it is. */
export function Difficulty({ value }: { value: string }) {
  const bars = level(value);
  return (
    <span className={styles["difficulty"]} data-level={bars ?? undefined}>
      {bars !== null && (
        <span className={styles["bars"]} aria-hidden="true">
          {[1, 2, 3].map((bar) => (
            <i key={bar} data-on={bar <= bars || undefined} />
          ))}
        </span>
      )}
      {sayLevel(value)}
    </span>
  );
}
