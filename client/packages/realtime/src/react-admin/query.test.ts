import { expect, it } from "vitest";
import { orderOf, whereOf } from "./query.js";

it.each([
  [{ day: "Monday" }, { day: "Monday" }],
  [{ day: ["Monday", "Friday"] }, { day: { in: ["Monday", "Friday"] } }],
  [{ age: { gte: 30, lt: 40 } }, { age: { gte: 30, lt: 40 } }],
  [{ person: { id: 3 } }, { person: 3 }],
  [{ person: { name: "Ada" } }, { "person.name": "Ada" }],
  [{ person: { name: { contains: "a" } } }, { "person.name": { contains: "a" } }],
  [
    { not: { age: 3 }, or: [{ age: 4 }] },
    { not: { age: 3 }, or: [{ age: 4 }] },
  ],
  [{ day: undefined, q: " " }, {}],
])("the filter %j is %j", (filter, where) => {
  expect(whereOf(filter)).toEqual(where);
});

it("what is typed into a search box is sought in the fields that are named", () => {
  const found = [{ name: { contains: "ad" } }, { "coach.name": { contains: "ad" } }];
  const fields = ["name", "coach.name"];
  expect(whereOf({ q: "ad", age: 3 }, fields)).toEqual({ age: 3, or: found });
  const or = [{ age: 3 }];
  expect(whereOf({ q: "ad", or }, fields)).toEqual({ or, not: { not: { or: found } } });
});

it("a sort is an order", () => {
  expect(orderOf({ field: "age", order: "DESC" })).toEqual(["-age"]);
  expect(orderOf({ field: "name", order: "ASC" })).toEqual(["name"]);
  expect(orderOf(undefined)).toEqual([]);
});
