import type { Texts } from "./texts";

export const german: Texts = {
  sortBy: "Sortieren nach",
  nothingFits: "Nichts gefunden",
  otherSearch: "Versuche eine andere Suche.",
  otherFilters: "Versuche eine andere Suche oder andere Filter.",
  showMore: (left) => `Mehr zeigen (noch ${left})`,
  loading: "Lädt",
};
