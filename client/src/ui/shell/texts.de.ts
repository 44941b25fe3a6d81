import { pluralOf } from "../base/locale";
import { hat } from "../base/german";
import type { Texts } from "./texts";

export const german: Texts = {
  closed: "geschlossen",
  preferences: "Einstellungen dieses Geräts",
  didNotLoad: (name) => `Nicht geladen: ${name}.`,
  openAgain: (name) => `Nicht geladen: ${name}. Öffne es noch einmal, wenn du online bist.`,
  typedIsKept: "Was du eingegeben hast, bleibt erhalten.",
  tryAgain: "Noch einmal versuchen",
  pageNotLoaded: "Diese Seite wurde nicht geladen",
  partMissing: "Sie konnte nicht geholt werden",
  partNeedsNet: "Du bist offline, und auf diesem Gerät ist sie noch nicht",
  tryFirst: "Versuche es zuerst noch einmal. Hilft das nicht, lade die App neu.",
  loadAppAgain: "App neu laden",
  yourEdits: "Deine Änderungen",
  presence: "Wer da ist",
  presenceList: "Die Liste, wer da ist",
  connecting: "Verbinde",
  live: "Live",
  reconnecting: "Verbinde neu",
  blocked: "Du bist offline, obwohl der Server erreichbar ist.",
  whoBlocks:
    "Etwas sperrt vielleicht die Verbindung: das Netz, eine Firewall oder eine Erweiterung des Browsers. Versuche ein anderes Netz, oder frage, wer sich um dieses Netz kümmert. Spotter versucht es weiter, und sendet, was du änderst, sobald es verbunden ist.",
  offlineSince: (time) => `Offline seit ${time}`,
  offline: "Offline",
  unsent: (count) => `${count} ungesendet`,
  toDecide: (count) => `${count} zu prüfen`,
  stopped: "Spotter ist stehen geblieben",
  stoppedExplained:
    "Auf dieser Seite ist etwas schiefgegangen. Alles Gespeicherte ist sicher, und was du eingegeben hast auch.",
  loadAgain: "Neu laden",
  goToTimetable: "Zum Kursplan",
  notHere: "Seite nicht gefunden",
  noSuchPage: "Diese Seite gibt es nicht",
  mistyped: "Vielleicht ist die Adresse falsch geschrieben.",
  isLive: (allSaved) =>
    allSaved ? "Du bist online: Alle sehen Änderungen sofort." : "Du bist online.",
  isConnecting: "Im Moment gibt es keine Verbindung. Du kannst weiterarbeiten.",
  isOffline: (time) => `Du bist seit ${time} offline. Du kannst weiterarbeiten.`,
  allSaved: "Alles ist gespeichert.",
  areRefused: (count) =>
    pluralOf(count, {
      one: "1 Änderung ist nicht gespeichert: bitte prüfen.",
      other: `${count} Änderungen sind nicht gespeichert: bitte prüfen.`,
    }),
  areSent: (count) =>
    pluralOf(count, {
      one: "1 Änderung wird gesendet.",
      other: `${count} Änderungen werden gesendet.`,
    }),
  wait: (count) =>
    pluralOf(count, {
      one: "1 Änderung wartet aufs Senden.",
      other: `${count} Änderungen warten aufs Senden.`,
    }),
  keptUntil: (kept) =>
    kept
      ? "Bis du wieder online bist, bleiben deine Änderungen auf diesem Gerät."
      : "Lass diese Seite offen, bis du wieder online bist: Deine Änderungen können nicht auf diesem Gerät bleiben.",
  refused: "Nicht gespeichert",
  queued: "Wartet aufs Senden",
  sent: "Wird gesendet",
  elsewhere: "In einem anderen Tab von dir offen, der sie sendet.",
  passwordNotKept:
    "Lass diese Seite offen, bis es gesendet ist: Passwörter werden nie auf einem Gerät gespeichert.",
  notKept: "Lass diese Seite offen, bis es gesendet ist: Dieser Browser konnte es nicht speichern.",
  changedTo: (who, values) => `${hat(who)} das inzwischen geändert: ${values}.`,
  review: "Prüfen",
  discard: "Verwerfen",
  empty: "(leer)",
  loading: "Lädt",
  close: "Schließen",
  you: "Du",
  nameAndYou: (name) => `${name} (du)`,
  here: "Wer da ist:",
  hereSince: (time) => `Hier seit ${time}`,
  mayBeMore: "Es können noch mehr sein.",
  onDayAt: (label, day, time) => `${label} am ${day} um ${time}`,
  useColours: (dark) => (dark ? "Dunkle Farben" : "Helle Farben"),
  shortcuts: "Tastenkürzel",
  wholeMenu: "Das ganze Menü",
  messages: "Meldungen",
  whatWasFound: "Was gefunden wurde",
  search: "Suchen",
  searchEverything: "Alles durchsuchen",
  searchExamples: "Kurse, Coaches… suchen",
  moreToFind: (count) => `und ${count} weitere: Tippe, um sie zu finden`,
  nothingFits: "Nichts gefunden. Versuche andere Wörter.",
  coach: "Coach",
  plan: "Plan",
  move: "Übung",
  class: "Kurs",
  classWith: (plan, coach) => `${plan} mit ${coach}`,
  skip: "Zum Inhalt springen",
  more: "Mehr",
  main: "Hauptmenü",
  storageBlocked: "Dieser Browser lässt Spotter auf diesem Gerät nichts speichern.",
  storageFull: "Auf diesem Gerät ist kein Platz mehr, um deine Arbeit zu sichern.",
  storageAdvice:
    "Änderungen werden weiter gesendet, solange du online bist. Lass diese Seite offen, bis deine gespeichert sind.",
};
