/** The name of a copy. */
import { folded } from "../../ui/base/search-text";
import { texts } from "./texts";

const LONGEST = 40;
const copied = /^(?:Copy (?:\d+ )?of|Kopie (?:\d+ )?von) (?=.)/u;

/** "Copy of Strong Legs", or "Copy 2 of Strong Legs" and so on: the first that nothing is called yet. */
export function copyName(name: string, taken: readonly string[]): string {
  const known = new Set(taken.map(folded));
  const original = name.replace(copied, "");
  for (let number = 1; ; number += 1) {
    const copy = shortened(texts.copyOf(original, number));
    if (!known.has(folded(copy))) return copy;
  }
}

/** As much of it as a name may have, without half of what a person sees as one character. */
function shortened(text: string): string {
  let kept = "";
  let length = 0;
  for (const { segment } of new Intl.Segmenter().segment(text.normalize("NFC"))) {
    length += Array.from(segment).length;
    if (length > LONGEST) break;
    kept += segment;
  }
  return kept.trimEnd();
}
