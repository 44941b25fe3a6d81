/** Everything that is seen or said stands in texts files, or a translation would lack it. */
import { expect, it } from "vitest";
import { parseAst } from "vite";

const sources = import.meta.glob<string>(
  ["./**/*.{ts,tsx}", "!./**/*.test.*", "!./**/testing.ts"],
  {
    query: "?raw",
    import: "default",
    eager: true,
  },
);
const files = Object.entries(sources).filter(
  ([path]) => !/texts(\.de)?\.ts$|things(\.de)?\.ts$/.test(path),
);

/** Attributes and properties whose value a person reads or hears. */
const said =
  /^(aria-label|aria-description|aria-roledescription|title|placeholder|label|description|alt|legend|error|note|message|text|refused|nothingFoundMessage|roleDescription)$/;
/** "ui", "true" and "/coaches/new" are for programs. */
const isWords = (text: string) =>
  /\p{Lu}\p{L}*|\p{L}+ \p{L}+/u.test(text) && !/^[\w./:#?=&-]*$/.test(text.trim());
const isCapitalized = (text: string) => /^\p{Lu}\p{Ll}+$/u.test(text.trim());

/** What is the same in every language: the wire, and units. */
const code = new Set(["null", "/asyncapi.json", "kg"]);

interface Node {
  type: string;
  [key: string]: unknown;
}

function literalsIn(path: string, source: string): string[] {
  const found: string[] = [];
  const say = (text: unknown, isSeen: boolean) => {
    if (typeof text !== "string" || code.has(text.trim())) return;
    const isFound = isSeen ? /\p{L}{2}/u.test(text) : isWords(text) || isCapitalized(text);
    if (isFound) found.push(`${path}: ${text.trim()}`);
  };
  /** What of an expression may be its value: all that is seen, or of an attribute what is no code. */
  const value = (node: Node | null | undefined, isSeen = false): void => {
    switch (node?.type) {
      case "Literal":
        return say(node["value"], isSeen);
      case "TemplateLiteral":
        return (node["quasis"] as { value: { cooked: string } }[]).forEach((each) =>
          say(each.value.cooked, isSeen),
        );
      case "JSXExpressionContainer":
        return value(node["expression"] as Node, isSeen);
      case "ConditionalExpression":
        value(node["consequent"] as Node, isSeen);
        return value(node["alternate"] as Node, isSeen);
      case "LogicalExpression":
        value(node["left"] as Node, isSeen);
        return value(node["right"] as Node, isSeen);
      case "ArrowFunctionExpression":
        return value(node["body"] as Node, isSeen);
    }
  };
  const nameOf = (node: Node) => String(node["name"] ?? node["value"] ?? "");
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== "object" || node === null || !("type" in node)) return;
    const each = node as Node;
    if (each.type === "JSXText") say(each["value"], true);
    if (each.type === "JSXElement" || each.type === "JSXFragment")
      (each["children"] as Node[]).forEach((child) => value(child, true));
    if (each.type === "JSXAttribute" && said.test(nameOf(each["name"] as Node)))
      value(each["value"] as Node);
    if (each.type === "Property" && said.test(nameOf(each["key"] as Node)))
      value(each["value"] as Node);
    Object.values(each).forEach(walk);
  };
  walk(parseAst(source, { lang: "tsx" }));
  return found;
}

it("no words are left beside the texts", () => {
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap(([path, source]) => literalsIn(path, source))).toEqual([]);
});

it.each([
  ["<p>Two words</p>", 1],
  ['<p title="Close" aria-label={a ? "Close it" : b} className="a b" />', 2],
  ["<p>{a && `${b} more`}</p>", 1],
  ['show({ message: "It is saved" })', 1],
  ['<p className="Some class" id="x">{texts.a}</p>', 0],
])("finds what is left in %s", (source, count) => {
  expect(literalsIn("x", `const a = ${source};`)).toHaveLength(count);
});
