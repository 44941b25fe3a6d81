import { pluralOf, inList } from "../../ui/base/locale";
import { hat } from "../base/german";
import type { Texts } from "./texts";

export const german: Texts = {
  used: (length, most) => `${length} von ${most}`,
  editingToo: (names) =>
    `${inList(names)} ${pluralOf(names.length, { one: "bearbeitet", other: "bearbeiten" })} das auch gerade.`,
  theyChanged: (who) => `${hat(who)} das geändert, während du es bearbeitet hast`,
  dismiss: "Ausblenden",
  takenOver: (fields) => `Übernommen: ${fields}. Was du eingegeben hast, bleibt.`,
  bothChanged: (fields) => `Ihr habt beide geändert: ${fields}. Was soll bleiben?`,
  theirs: (value) => `Fremde Änderung: ${value}`,
  mine: (value) => `Meine: ${value}`,
  allTheirs: "Alle fremden",
  allMine: "Alle meine",
  allOf: { admin: "Admins", coach: "Coaches", viewer: "Betrachter" },
  theyAdd: (who, what) => `Nur ${who} können ${what} hinzufügen`,
  theyChange: (who, what) => `Nur ${who} können ${what} ändern`,
  theyChangeProfiles: "Nur Admins und der Coach selbst können dieses Profil ändern",
  theyImport: (who) => `Nur ${who} können eine Tabelle importieren`,
  theyManageAccounts: (who) => `Nur ${who} können Konten verwalten`,
  askAnAdmin:
    "Bitte einen Admin des Studios, es für dich zu tun oder deine Rolle zu ändern. Oder melde dich in deinem Konto ab und mit einem anderen wieder an.",
  signInFirst: "Bitte melde dich zuerst an",
  youAre: (username, role) => `Du bist angemeldet als ${username}, mit der Rolle ${role}.`,
  toTimetable: "Zum Kursplan",
  signIn: "Anmelden",
  yourAccount: "Dein Konto",
  close: "Schließen",
  typedBefore: "Das hattest du vorher eingegeben",
  notSavedYet: "Es ist noch nicht gespeichert.",
  typePasswordAgain: "Passwörter werden nie auf einem Gerät gespeichert: Gib es noch einmal ein.",
  startOver: "Verwerfen",
  theyDeleted: (who) => `${hat(who)} das inzwischen gelöscht`,
  stillHere: "Was du eingegeben hast, ist noch da. Speichere es als neu, oder brich ab.",
  offlineKept:
    "Du bist offline. Was du speicherst, bleibt auf diesem Gerät und wird später gesendet.",
  offline: "Du bist offline",
  secretWaits:
    "Passwörter werden nie auf einem Gerät gespeichert. Dieses wird gesendet, sobald du wieder online bist, wenn du diese Seite bis dahin offen lässt.",
  saveAsNew: "Als neu speichern",
  cancel: "Abbrechen",
  chooseFirst: "Wähle zuerst oben, was bleiben soll.",
  saved: (what) => `${what} ist gespeichert`,
  beingSent: (what) => `${what}: deine Änderung wird gesendet`,
  waitsOnDevice: (what) =>
    `${what}: deine Änderung ist noch nicht gesendet. Sie bleibt auf diesem Gerät und wird gesendet, sobald du wieder online bist.`,
  waitsOnPage: (what) =>
    `${what}: deine Änderung ist noch nicht gesendet und kann nicht auf diesem Gerät bleiben. Lass diese Seite offen, bis sie gesendet ist.`,
  fillIn: "Bitte ausfüllen.",
  oddCharacters: "Bitte entferne die unsichtbaren Sonderzeichen.",
  length: (min, max) => `Muss ${min} bis ${max} Zeichen haben.`,
  atMost: (max) => `Darf höchstens ${max} Zeichen haben.`,
  wholeNumber: "Muss eine ganze Zahl sein.",
  range: (min, max) => `Muss eine ganze Zahl von ${min} bis ${max} sein.`,
  url: "Muss eine Web-Adresse sein, die mit http:// oder https:// beginnt.",
  choose: "Bitte auswählen.",
  chooseOrTypeHere: "Auswählen oder eingeben",
  chooseOrType: "Bitte auswählen oder selbst etwas eingeben.",
};
