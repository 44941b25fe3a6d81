import type { Texts } from "./texts";

export const german: Texts = {
  address: "Adresse",
  theAddress: "Die Adresse des Kalenders",
  calendar: "Kalender",
  calendarOf: (name) => `Kalender von ${name}`,
  calendarOfGym: "Kalender des Studios",
  close: "Schließen",
  explained:
    "Füge diese Adresse in der Kalender-App deines Handys oder Computers als Abo hinzu. Der Kalender folgt dann dem Kursplan: Auch Ausfälle und Vertretungen stehen darin.",
  copied: "Kopiert",
  copyAddress: "Adresse kopieren",
  yoursAlone: "Behalte diese Adresse für dich: Wer sie hat, kann den Kursplan lesen.",
  makeNewOne: "Neue erstellen",
  oldOnesEnd: "Kalender mit der alten Adresse werden dann nicht mehr aktualisiert.",
  makeNewAddress: "Neue Adresse erstellen",
  keepThisOne: "Diese behalten",
};
