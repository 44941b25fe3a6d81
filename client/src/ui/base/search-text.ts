/**
 * Text as it is compared in every search, list of choices and filter: the letters that somebody
 * would type who has another keyboard, or does not know better.
 */

/** Letters that Unicode does not take apart into a plain one and a mark. */
const plain: Readonly<Record<string, string>> = {
  ł: "l",
  ø: "o",
  đ: "d",
  ð: "d",
  ħ: "h",
  ŧ: "t",
  ı: "i",
  ĸ: "k",
  ŋ: "n",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  þ: "th",
  ς: "σ",
};
const letters = new RegExp(`[${Object.keys(plain).join("")}]`, "gu");
// Typed or not, straight or curly: O'Hara, O’Hara, OHara. Some letters carry one, as in Hawaiʻi.
const apostrophes = /['`´‘’‛′＇ʹʻʼʽˈ\u{a78c}]/gu;
const hyphens = /[\u2010-\u2015\u2212]/gu;

/** Without case, accents and apostrophes, and in one width. */
export function folded(text: string): string {
  return (
    text
      // Before anything is taken apart: the accent ´ would become a space and a mark.
      .replace(apostrophes, "")
      .normalize("NFKD")
      .toLowerCase()
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .replace(letters, (letter) => plain[letter] ?? letter)
      .replace(apostrophes, "")
      .replace(hyphens, "-")
  );
}

/** Whether every word of the search occurs in the text. */
export function matches(text: string, search: string): boolean {
  const content = folded(text);
  return folded(search)
    .split(/\s+/)
    .every((word) => content.includes(word));
}
