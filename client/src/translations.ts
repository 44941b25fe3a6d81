import type { Translations } from "./ui/base/language";

/** The languages besides English, each loaded where it is wanted. */
export const translations: Translations = {
  de: () => import("./german").then(({ german }) => german),
};
