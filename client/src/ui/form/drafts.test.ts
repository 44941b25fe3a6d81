import { expect, it } from "vitest";
import { loadDraft, saveDraft } from "./drafts";

const place = { account: "ann", channel: "coaches", id: 3 } as const;
const withheld = (values: Record<string, unknown>) => {
  saveDraft(place, { values, base: null });
  return loadDraft(place)?.withheld;
};

it("a password has to be typed again only if one was typed", () => {
  expect(withheld({ name: "Ben", password: "long remembered" })).toEqual(["password"]);
  expect(withheld({ name: "Ben", password: "" })).toBeUndefined();
});
