import { dative, habenOf, hat, YOU } from "../base/german";
import type { Texts } from "./texts";

export const german: Texts = {
  theHistory: "Der Verlauf",
  history: "Verlauf",
  partlyMade: (made, all, why) => `Nur ${made} von ${all} Änderungen wurden gespeichert. ${why}`,
  justNow: (who) => `${who} gerade eben`,
  changedJustNow: "Gerade geändert",
  did: (verb, who) =>
    `${habenOf(who)} das ${{ made: "hinzugefügt", changed: "geändert", deleted: "gelöscht" }[verb]}`,
  wasDone: { made: "Hinzugefügt", changed: "Geändert", deleted: "Gelöscht" },
  undo: "Rückgängig",
  undoWhat: (who, when) =>
    who === null
      ? `Rückgängig, was ${when} geändert wurde`
      : `Rückgängig, was ${who === YOU ? "du" : who} ${when} gemacht ${habenOf(who)}`,
  loading: "Lädt",
  deletedIt: (who) => `Gelöscht von ${dative(who)}.`,
  mayBeDeleted: "Vielleicht wurde er oder sie gelöscht.",
  seeAndRestore: "Ansehen, was es war, oder wiederherstellen",
  delete: "Löschen",
  edit: "Bearbeiten",
  deleted: (label) => `${label} wurde gelöscht`,
  notDeleted: (label, why) => `${label} wurde nicht gelöscht. ${why}`,
  giveClassesTo: "Kurse übergeben an…",
  andMore: (count) => `und ${count} weitere`,
  undone: "Rückgängig gemacht",
  undoneBy: (who) => `Rückgängig gemacht von ${who ?? "dir"}`,
  notUndone: (label, why) => `${label}: nicht rückgängig gemacht. ${why}`,
  tryAgain: "Noch einmal versuchen",
  nothingToUndo: (who, label) =>
    `${hat(who)} ${label} inzwischen gelöscht: Es gibt nichts rückgängig zu machen.`,
  changedMeanwhile: (who, label) =>
    `Nicht rückgängig gemacht. ${hat(who)} ${label} danach noch einmal geändert.`,
  isNow: (field, value) => `${field} ist jetzt ${value}`,
  nothing: "leer",
};
