import type { ServerTexts } from "./server-texts";

export const german: ServerTexts = {
  said: {
    "Please fill this in.": "Bitte ausfüllen.",
    "Please choose one.": "Bitte auswählen.",
    "Please choose at least one.": "Bitte mindestens eins auswählen.",
    "Please choose at most 100.": "Bitte höchstens 100 auswählen.",
    "Please choose each of them once.": "Bitte jedes nur einmal auswählen.",
    "Must have at most {} characters.": "Darf höchstens {} Zeichen haben.",
    "Must have at most 200 characters, and no control characters.":
      "Darf höchstens 200 Zeichen und keine Steuerzeichen haben.",
    "Must have 8 to 200 characters.": "Muss 8 bis 200 Zeichen haben.",
    "Must have a character that can be seen.": "Muss ein sichtbares Zeichen haben.",
    "Must not contain control characters.": "Darf keine Steuerzeichen enthalten.",
    "Must not contain characters that change the direction of text.":
      "Darf keine Zeichen enthalten, die die Schreibrichtung ändern.",
    "Must be one line.": "Muss in einer Zeile stehen.",
    "Must be a whole number from {} to {}.": "Muss eine ganze Zahl von {} bis {} sein.",
    "Must be a whole number.": "Muss eine ganze Zahl sein.",
    "Must be a number.": "Muss eine Zahl sein.",
    "Must be a web address that starts with http:// or https://.":
      "Muss eine Webadresse sein, die mit http:// oder https:// beginnt.",
    "Must be a date such as 2026-12-31.": "Muss ein Datum sein, zum Beispiel 2026-12-31.",
    "Must be a time of day such as 900 or 09:00.": "Muss eine Uhrzeit sein, zum Beispiel 09:00.",
    "Must be a time of day from 000 to 2359.": "Muss eine Uhrzeit von 0:00 bis 23:59 sein.",
    "Must be a day from Monday to Sunday.": "Muss ein Tag von Montag bis Sonntag sein.",
    "Must be a {}, as the class is: {} is a {}.": "Der Kurs ist am {}: {} ist aber ein {}.",
    "This username is taken. Please choose another.":
      "Dieser Benutzername ist vergeben. Bitte wähle einen anderen.",
    "This username is the same as {}, which is taken. Please choose another.":
      "Dieser Benutzername ist derselbe wie {}, und der ist vergeben. Bitte wähle einen anderen.",
    "This username looks like {}, which is taken: it has letters of another alphabet. Choose another.":
      "Dieser Benutzername sieht aus wie {}, und der ist vergeben: Er hat Buchstaben eines anderen Alphabets. Bitte wähle einen anderen.",
    "This {} is taken. Please choose another.": "Das ist vergeben. Bitte wähle etwas anderes.",
    "This is the last admin who can sign in. Make somebody else admin first.":
      "Das ist der letzte Admin, der sich anmelden kann. Mache zuerst jemand anderen zum Admin.",
    "There is no account {}. It may have been deleted.":
      "Das Konto {} gibt es nicht. Vielleicht wurde es gelöscht.",
    "There is no {} {}. Please choose another.":
      "Das gibt es nicht mehr. Bitte wähle etwas anderes.",
    "There is no {} {}. It may have been deleted.":
      "Das gibt es nicht. Vielleicht wurde es gelöscht.",
    "This coach has the account {}. Please choose another.":
      "Dieser Coach hat schon das Konto {}. Bitte wähle einen anderen.",
    "This is not your password.": "Das ist nicht dein Passwort.",
    "This link was used, or is older than an hour. Ask an admin for another.":
      "Dieser Link wurde benutzt oder ist älter als eine Stunde. Frage einen Admin nach einem anderen.",
    "The username or the password is wrong.": "Der Benutzername oder das Passwort ist falsch.",
    "Please give your username and your password.":
      "Bitte gib deinen Benutzernamen und dein Passwort ein.",
    "There is nothing to undo in commit {}: it is not there, or too long ago.":
      "Das lässt sich nicht mehr rückgängig machen: Es ist zu lange her.",
    "This does not fit with other records. Reload, and try again.":
      "Das passt nicht zu den anderen Daten. Lade die Seite neu und versuche es noch einmal.",
    "{} teaches {} on {} from {} to {}.": "{} gibt {} am {} von {} bis {}.",
    "{} has {} on {} from {} to {}.": "{}: {} am {} von {} bis {}.",
    "{} teaches more classes at that time.": "{} gibt zu dieser Zeit noch mehr Kurse.",
    "{} has more classes at that time.": "{}: zu dieser Zeit noch mehr Kurse.",
  },
};
