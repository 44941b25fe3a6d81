import type { Texts } from "./texts";

export const german: Texts = {
  labels: { name: "Name", focus: "Schwerpunkt", description: "Beschreibung", video_link: "Video" },
  inPlans: (count) =>
    count === 0 ? "Noch in keinem Plan" : count === 1 ? "In einem Plan" : `In ${count} Plänen`,
  move: "Übung",
  empty: "(leer)",
  addMove: "Übung hinzufügen",
  newMove: "Neue Übung",
  save: "Speichern",
  focusHint: "Was sie trainiert: Beine, Rücken, Rumpf …",
  descriptionHint: "Wie man sie macht, in 10 bis 500 Zeichen",
  videoHint: "Die Webadresse eines Videos. YouTube und Vimeo spielen hier, andere öffnet ein Link.",
  byName: "Name A–Z",
  byFocus: "Schwerpunkt A–Z",
  newestFirst: "Neueste zuerst",
  moves: "Übungen",
  focus: "Schwerpunkt",
  anyFocus: "Alle Schwerpunkte",
  video: "Video",
  hint: "Füge die Übungen hinzu, aus denen deine Pläne bestehen.",
  addStarters: (count) => `Dem Studio ${count} Übungen für den Anfang geben`,
  startersNotLoaded:
    "Die Übungen für den Anfang wurden nicht geladen. Versuche es noch einmal, wenn du online bist.",
  startersThere: "Die Übungen für den Anfang sind schon da.",
  startersAdded: (count) => `${count} Übungen hinzugefügt.`,
  starters: "Die Übungen für den Anfang",
  startersNotAdded: "Die Übungen für den Anfang wurden nicht hinzugefügt.",
  watchOn: (host) => `Video auf ${host} ansehen`,
  playFrom: (host) => `Video von ${host} abspielen`,
  videoOf: (name) => `Video: ${name}`,
};
