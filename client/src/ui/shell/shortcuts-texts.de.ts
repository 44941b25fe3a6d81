import type { ShortcutsTexts } from "./shortcuts-texts";

export const german: ShortcutsTexts = {
  title: "Tastenkürzel",
  close: "Schließen",
  ctrl: "Strg",
  enter: "Eingabe",
  esc: "Esc",
  space: "Leertaste",
  searchEverything: "Alles durchsuchen",
  save: "Formular speichern",
  escape:
    "Dialog schließen, einen Kurs zurücklegen, den du gerade verschiebst, oder die Auswahl aufheben",
  pickUp: "Auf dem Griff eines Kurses: aufnehmen und ablegen",
  select: "Auf einem Kurs: auswählen. Mit Umschalt: alle Kurse bis dorthin",
  arrows: "Durch den Kursplan gehen, oder den aufgenommenen Kurs verschieben",
  create: "Auf dieser Seite hinzufügen: Kurs, Coach, Plan oder Übung",
  searchPage: "Diese Seite durchsuchen",
  nextWeek: "Kursplan: nächste Woche",
  previousWeek: "Kursplan: vorige Woche",
  thisWeek: "Kursplan: diese Woche",
  goTo: "Zu einer Seite des Menüs gehen, der Reihe nach",
  thisList: "Diese Liste zeigen",
  singleKeys: "Kürzel aus einer einzelnen Taste",
  newestMessage: "Zur neuesten Meldung auf dem Bildschirm",
  youWritePrograms: "Du schreibst Programme?",
  forDevelopers: "Sieh, was es für Entwickler gibt",
};
