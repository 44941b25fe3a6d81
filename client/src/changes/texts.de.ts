import type { Texts } from "./texts";

export const german: Texts = {
  restore: "Wiederherstellen",
  undo: "Rückgängig",
  andMore: (count) => `und ${count} weitere`,
  empty: "(leer)",
  byServer: {
    seed: "hat das Studio gefüllt",
    migrate: "hat die Daten des Studios auf eine neuere Version gebracht",
    reconcile: "hat Änderungen übernommen, die direkt in der Datenbank gemacht wurden",
  },
  did: (verb, what) =>
    `${what} ${{ made: "hinzugefügt", changed: "geändert", deleted: "gelöscht" }[verb]}`,
  doneBy: (what) => `hat ${what}`,
  undid: (what) => `${what} und damit eine frühere Änderung rückgängig gemacht`,
  recentChanges: "Letzte Änderungen",
  whatWasChanged: "Was geändert wurde",
  everything: "Alles",
  whoDidIt: "Wer es war",
  everybody: "Alle",
  day: "Tag",
  showEverything: "Alles zeigen",
  notAvailable: "Nicht verfügbar",
  nothing: "Nichts wurde geändert",
  changeFilters: "Versuche andere Filter.",
  listedHere: "Was du und andere ändern, steht hier.",
  showMore: (left) => `Mehr zeigen (noch ${left})`,
  furtherBack: "Weiter zurück",
};
