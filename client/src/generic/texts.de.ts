import type { Texts } from "./texts";

export const german: Texts = {
  save: "Speichern",
  add: (noun) => `${noun} anlegen`,
  byName: "Name A–Z",
  newest: "Neueste zuerst",
  oldest: "Älteste zuerst",
  hint: "Lege den ersten Eintrag an: Jeder Bildschirm zeigt ihn sofort.",
  more: "Mehr zeigen",
  nothing: "(nichts)",
  empty: "(leer)",
  notDescribed: (why) => `Der Server hat nicht gesagt, welche Felder es gibt. ${why}`,
  again: "Noch einmal",
  json: "Als JSON",
  notJson: "Muss JSON sein.",
  number: "Muss eine Zahl sein.",
  wholeNumber: "Muss eine ganze Zahl sein.",
  atLeast: (least) => `Muss mindestens ${least} sein.`,
  atMost: (most) => `Darf höchstens ${most} sein.`,
  suchAs: (example) => `Etwa ${example}`,
  record: (id) => `Nr. ${id}`,
  nothingFound: "Nichts gefunden",
};
