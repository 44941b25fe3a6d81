/** What German asks of a sentence about a person, who may be the reader. */

/** As the subject of a sentence, as `doerOf` has it. */
export const YOU = "Du";

/** "Ann hat", "Du hast". */
export function hat(who: string): string {
  return `${who} ${habenOf(who)}`;
}

export function habenOf(who: string): string {
  return who === YOU ? "hast" : "hat";
}

/** After a preposition: "von Ann", "von dir". */
export function dative(who: string): string {
  return who === YOU ? "dir" : who;
}
