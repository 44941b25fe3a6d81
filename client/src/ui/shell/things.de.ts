import type { Channel } from "@spotter/realtime";
import { protocol } from "../../served";
import { counted } from "../base/locale";
import type { Things } from "./things";

interface Noun {
  one: string;
  many: string;
  /** After "von" and "zu". */
  dative: string;
  feminine?: boolean;
}

const nouns: Partial<Record<Channel, Noun>> = {
  schedules: { one: "Kurs", many: "Kurse", dative: "Kursen" },
  coaches: { one: "Coach", many: "Coaches", dative: "Coaches" },
  workout_plans: { one: "Trainingsplan", many: "Trainingspläne", dative: "Trainingsplänen" },
  exercise_moves: { one: "Übung", many: "Übungen", dative: "Übungen", feminine: true },
  exceptions: { one: "Ausnahme", many: "Ausnahmen", dative: "Ausnahmen", feminine: true },
};

function noun(channel: Channel): Noun {
  const [one, many] = [protocol.singular[channel], channel].map((name) =>
    name.replaceAll("_", " "),
  );
  return nouns[channel] ?? { one: one ?? "", many: many ?? "", dative: many ?? "" };
}

/** One of two forms, and the noun. */
function inForm(channel: Channel, masculine: string, feminine: string): string {
  const { one, feminine: isFeminine = false } = noun(channel);
  return `${isFeminine ? feminine : masculine} ${one}`;
}

export const german: Things = {
  one: (channel) => noun(channel).one,
  many: (channel) => noun(channel).many,
  howMany: (channel, count) => {
    const { one, many } = noun(channel);
    return counted(count, { one, other: many });
  },
  someOf: (channel, some, all) => `${some} von ${all} ${noun(channel).dative}`,
  the: (channel, label) => `${inForm(channel, "den", "die")} ${label}`.trimEnd(),
  subject: (channel) => inForm(channel, "Der", "Die"),
  newOne: (channel) => inForm(channel, "Neuer", "Neue"),
  newNamed: (channel, called) => `${inForm(channel, "Neuer", "Neue")} „${called}“`,
  editOne: (channel, name) => `${name || noun(channel).one} bearbeiten`,
  made: (channel, label) => `${inForm(channel, "Neuer", "Neue")} ${label}`,
  changed: (channel, label) => `${noun(channel).one} ändern: ${label}`,
  deleted: (channel, label) => `${noun(channel).one} löschen: ${label}`,
  noneYet: (channel) => `Noch keine ${noun(channel).many}`,
  noneNamed: (channel) => `${inForm(channel, "Kein", "Keine")} mit diesem Namen`,
  noSuch: (channel) => `${noun(channel).one} nicht gefunden`,
  noneHere: (channel) =>
    `Es gab nie ${inForm(channel, "so einen", "so eine")}: Vielleicht ist der Link falsch geschrieben.`,
  isMissing: (channel) => `${inForm(channel, "Diesen", "Diese")} gibt es nicht`,
  all: (channel) => `Alle ${noun(channel).many}`,
  seeAll: (channel) => `Alle ${noun(channel).many} ansehen`,
  changesOfAll: (channel) => `Änderungen aller ${noun(channel).many}`,
  isNeeded: (channel, count) =>
    ({
      coaches: `${counted(count, { one: "Kurs braucht", other: "Kurse brauchen" })} diesen Coach: Gib sie zuerst jemand anderem.`,
      workout_plans: `${counted(count, { one: "Kurs folgt", other: "Kurse folgen" })} diesem Plan: Wähle für sie zuerst einen anderen.`,
      exercise_moves: `${counted(count, { one: "Plan enthält", other: "Pläne enthalten" })} diese Übung: Nimm sie dort zuerst heraus.`,
    })[channel as string],
  seeOne: (channel) => `${noun(channel).one} ansehen`,
  onlyOne: (channel) => `Nur die Änderungen ${inForm(channel, "an einem", "an einer")}.`,
  search: (channel) => `${noun(channel).many} suchen`,
  exportAll: (channel) => `Alle ${noun(channel).many} exportieren (CSV)`,
  notExported: (channel, why) => `Die ${noun(channel).many} wurden nicht exportiert. ${why}`,
  edits: (channel) => `Bearbeitet ${inForm(channel, "einen", "eine")}`,
  editsThe: (channel) => `Bearbeitet ${inForm(channel, "den", "die")}`,
};
