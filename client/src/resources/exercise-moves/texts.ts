import { room } from "../../ui/base/language";

const english = {
  labels: { name: "Name", focus: "Focus", description: "Description", video_link: "Video" },
  inPlans: (count: number): string =>
    count === 0 ? "In no plan yet" : count === 1 ? "In one plan" : `In ${count} plans`,
  move: "Move",
  empty: "(empty)",
  addMove: "Add move",
  newMove: "New move",
  save: "Save",
  focusHint: "What it trains: legs, back, core …",
  descriptionHint: "How to do it, in 10 to 500 characters",
  videoHint: "The web address of a video. YouTube and Vimeo play here, others open by a link.",
  byName: "Name A–Z",
  byFocus: "Focus A–Z",
  newestFirst: "Newest first",
  moves: "Exercise moves",
  focus: "Focus",
  anyFocus: "All focus areas",
  video: "Video",
  hint: "Add the moves that your plans are made of.",
  addStarters: (count: number): string => `Add ${count} starter moves to the gym`,
  startersNotLoaded: "The starter moves did not load. Try again when you are online.",
  startersThere: "The starter moves are here already.",
  startersAdded: (count: number): string => `Added ${count} exercise moves.`,
  starters: "The starter moves",
  startersNotAdded: "The starter moves were not added.",
  watchOn: (host: string): string => `Watch the video on ${host}`,
  playFrom: (host: string): string => `Play the video from ${host}`,
  videoOf: (name: string): string => `Video: ${name}`,
};

export type Texts = typeof english;

/** What is said of exercise moves. */
export const texts = room("moves", english);
