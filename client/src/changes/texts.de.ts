import { habenOf } from "../ui/base/german";
import type { Texts } from "./texts";

export const german: Texts = {
  restore: "Wiederherstellen",
  undo: "Rückgängig",
  andMore: (count) => `und ${count} weitere`,
  byServer: {
    seed: "Das Studio wurde mit Beispielen gefüllt",
    migrate: "Die Daten des Studios wurden auf eine neuere Version gebracht",
    reconcile: "Änderungen, die direkt in der Datenbank gemacht wurden, sind übernommen",
  },
  did: (verb, what) =>
    `${what} ${{ made: "hinzugefügt", changed: "geändert", deleted: "gelöscht" }[verb]}`,
  doneBy: (who, what) => `${habenOf(who)} ${what}`,
  undid: (what) => `${what} und damit eine frühere Änderung rückgängig gemacht`,
  deletedSince: "Inzwischen gelöscht",
  onlyOf: (label) => `Nur die Änderungen an: ${label}.`,
  recentChanges: "Letzte Änderungen",
  whatWasChanged: "Was geändert wurde",
  everything: "Alle Arten",
  whoDidIt: "Wer es war",
  everybody: "Alle Personen",
  day: "Am Tag",
  showEverything: "Alle Änderungen",
  notAvailable: "Nicht verfügbar",
  nothing: "Nichts wurde geändert",
  noneFits: "Keine Änderung passt",
  changeFilters: "Versuche andere Filter.",
  listedHere: "Was du und andere ändern, steht hier.",
  showMore: (left) => `Mehr zeigen (noch ${left})`,
  furtherBack: "Weiter zurück",
};
