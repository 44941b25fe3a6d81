import { room } from "../../ui/base/language";

const english = {
  sortBy: "Sort by",
  nothingFits: "Nothing found",
  otherSearch: "Try another search.",
  otherFilters: "Try another search or other filters.",
  showMore: (left: number): string => `Show more (${left} left)`,
  loading: "Loading",
};

export type Texts = typeof english;

/** What is said around lists of records. */
export const texts = room("list", english);
