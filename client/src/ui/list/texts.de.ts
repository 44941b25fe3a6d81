import type { Texts } from "./texts";

export const german: Texts = {
  sortBy: "Sortieren nach",
  nothingFits: "Nichts gefunden",
  otherFilters: "Versuche eine andere Suche oder andere Filter.",
  showMore: (left) => `Mehr zeigen (noch ${left})`,
  loading: "Lädt",
};
