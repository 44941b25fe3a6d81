// Writes what the realtime library has to know of the server, from the server's description of itself:
// `npm run protocol -- [address or file of asyncapi.json] [file to write]`.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";

const ours = fileURLToPath(new URL("src/protocol.ts", import.meta.url));
const [source = "http://localhost:5555/asyncapi.json", file = ours] = process.argv.slice(2);
const text = source.startsWith("http")
  ? await (await fetch(source)).text()
  : await readFile(source, "utf8");
const { channels, components, "x-sort-keys": sortKeys = {} } = JSON.parse(text);
const { schemas } = components;

const typeName = (name) =>
  name
    .split("_")
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join("");

const referred = (schema) => schema.$ref?.split("/").at(-1);

function type(schema) {
  if (schema.$ref) return typeName(referred(schema));
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf) return [...new Set(schema.anyOf.map(type))].join(" | ");
  // An embedded record, and what its place has beside it.
  if (schema.allOf) return schema.allOf.map(type).join(" & ");
  if (Array.isArray(schema.type)) {
    return schema.type.map((each) => type({ ...schema, type: each })).join(" | ");
  }
  switch (schema.type) {
    case "array":
      return `Array<${type(schema.items)}>`;
    case "object":
      return `{ ${fields(schema).join(" ")} }`;
    case "integer":
      return "number";
    default:
      return schema.type;
  }
}

function fields({ properties, required = [] }) {
  return Object.entries(properties).map(
    ([name, schema]) => `${name}${required.includes(name) ? "" : "?"}: ${type(schema)};`,
  );
}

const { messages } = channels.gym;

// A list has records; their schema has the singular name.
const singular = Object.fromEntries(
  schemas.channel.enum.map((channel) => {
    const [done] = messages[`list_${channel}.ack`].payload.oneOf;
    return [channel, referred(done.properties.data.properties.records.items)];
  }),
);

// A channel that is in no snapshot is never sent whole.
const { snapshot } = schemas.synced.oneOf.find(({ properties }) => "snapshot" in properties).properties;
const big = schemas.channel.enum.filter((channel) => !(channel in snapshot.properties));

const isWriteOnly = ({ format }) => format === "password";

// What a form may write and no record shows.
const writeOnly = Object.fromEntries(
  Object.entries(singular)
    .map(([channel, name]) => {
      const { properties = {} } = messages[`new_${name}.request`].payload;
      return [channel, Object.keys(properties).filter((field) => isWriteOnly(properties[field]))];
    })
    .filter(([, fields]) => fields.length > 0),
);

const interfaces = Object.values(singular).map(
  (name) => `export interface ${typeName(name)} {\n${fields(schemas[name]).join("\n")}\n}\n`,
);

const written = `/** The records of each channel. Generated from the server's /asyncapi.json: npm run protocol. */
import type { Protocol } from "@spotter/realtime";

${interfaces.join("\n")}
export interface Channels {
${Object.entries(singular)
  .map(([channel, name]) => `${channel}: ${typeName(name)};`)
  .join("\n")}
}

declare module "@spotter/realtime" {
  interface Register {
    channels: Channels;
  }
}

export const protocol = {
  singular: ${JSON.stringify(singular)},
  writeOnly: ${JSON.stringify(writeOnly)},
  sortKeys: ${JSON.stringify(sortKeys)},${big.length > 0 ? `\n  big: ${JSON.stringify(big)},` : ""}
} as const satisfies Protocol;
`;

await writeFile(
  file,
  await format(written, { ...(await resolveConfig(ours)), parser: "typescript" }),
);
