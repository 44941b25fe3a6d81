import { describe, expect, it } from "vitest";
import { orderOf, whereOf } from "./expressions.js";
import type { Expression, OrderClause } from "./expressions.js";

const ref = (...path: string[]): Expression => ({ type: "ref", path });
const val = (value: unknown): Expression => ({ type: "val", value });
const call = (name: string, ...args: Expression[]): Expression => ({ type: "func", name, args });

const young = call("lt", ref("age"), val(40));
const ada = call("eq", ref("name"), val("Ada"));
const unknown = call("gt", call("length", ref("name")), val(3));

describe("a condition that the server has", () => {
  it.each([
    [undefined, {}],
    [ada, { name: { eq: "Ada" } }],
    [call("gt", val(40), ref("age")), { age: { lt: 40 } }],
    [call("in", ref("id"), val([1, 2])), { id: { in: [1, 2] } }],
    [call("eq", ref("coach", "id"), val(3)), { coach: { eq: 3 } }],
    [call("eq", ref("coach", "name"), val("Ada")), { "coach.name": { eq: "Ada" } }],
    [call("and", ada, young), { name: { eq: "Ada" }, age: { lt: 40 } }],
    [call("and", young, call("gte", ref("age"), val(30))), { age: { lt: 40, gte: 30 } }],
    [call("or", ada, young), { or: [{ name: { eq: "Ada" } }, { age: { lt: 40 } }] }],
    [call("not", ada), { not: { name: { eq: "Ada" } } }],
    [
      call("and", young, call("lt", ref("age"), val(30))),
      { not: { or: [{ not: { age: { lt: 40 } } }, { not: { age: { lt: 30 } } }] } },
    ],
  ])("%j is %j", (expression, where) => {
    expect(whereOf(expression)).toEqual({ where, exact: true });
  });
});

describe("of a condition that the server has not, all that it may be true of is asked for", () => {
  it.each([
    [unknown, {}],
    [call("and", ada, unknown), { name: { eq: "Ada" } }],
    [call("or", ada, unknown), {}],
    [call("not", unknown), {}],
    [call("like", ref("name"), val("Ad%")), { name: { starts: "Ad" } }],
    [call("ilike", ref("name"), val("%da%")), { name: { contains: "da" } }],
    [call("like", call("lower", ref("name")), val("%da%")), { name: { contains: "da" } }],
    [call("like", ref("name"), val("A_a%")), {}],
    [call("not", call("like", ref("name"), val("Ad%"))), {}],
    [call("isNull", ref("coach")), { coach: { eq: null } }],
    [call("eq", ref("at"), val(new Date(0))), {}],
  ])("%j: %j", (expression, where) => {
    expect(whereOf(expression)).toEqual({ where, exact: false });
  });
});

it("an order is the server's, or none", () => {
  const by = (field: string, more: object): OrderClause[] => [
    { expression: ref(field), compareOptions: { direction: "asc", nulls: "first", ...more } },
  ];
  expect(orderOf(by("name", {}))).toEqual(["name"]);
  expect(orderOf(by("name", { direction: "desc", stringSort: "lexical" }))).toEqual(["-name"]);
  expect(orderOf(by("name", { stringSort: "locale" }))).toBeNull();
  expect(orderOf(by("name", { nulls: "last" }))).toBeNull();
  expect(orderOf(by("day", {}), { day: ["Monday", "Friday"] })).toBeNull();
  expect(orderOf([{ ...by("x", {})[0], expression: unknown } as OrderClause])).toBeNull();
});
