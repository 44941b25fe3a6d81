import { expect, it } from "vitest";
import { german as changes } from "./texts.de";
import { german as record } from "../ui/record/texts.de";
import { german as base } from "../ui/base/texts.de";

it("a sentence about the reader has the verb of the reader", () => {
  expect(base.changedMeanwhile(base.you, "Raum")).toBe("Du hast inzwischen geändert: Raum.");
  expect(base.changedMeanwhile("Ann", "Raum")).toBe("Ann hat inzwischen geändert: Raum.");
  expect(record.did("deleted", base.you)).toBe("hast das gelöscht");
  expect(record.did("deleted", "Ann")).toBe("hat das gelöscht");
  expect(record.deletedIt(base.you)).toBe("Gelöscht von dir.");
  expect(record.undoWhat(base.you, "gestern")).toBe("Rückgängig, was du gestern gemacht hast");
  expect(changes.doneBy(base.you, "den Coach Ann gelöscht")).toBe("hast den Coach Ann gelöscht");
});
