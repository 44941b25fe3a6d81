import { room } from "./language";

const english = {
  /** By the server's sentence, in which `{}` stands for what differs: what it is in the reader's language. */
  said: {} as Readonly<Record<string, string>>,
};

export type ServerTexts = typeof english;

/** What the server says of a wrong value: it speaks English alone, and tells no code for each sentence. */
export const serverTexts = room("server", english);
