// Writes the types of the records from the server's description of itself:
// `npm run protocol -- [address or file of asyncapi.json] [file to write]`.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";

const ours = fileURLToPath(new URL("src/realtime/protocol.ts", import.meta.url));
const [source = "http://localhost:5555/asyncapi.json", file = ours] = process.argv.slice(2);
const text = source.startsWith("http")
  ? await (await fetch(source)).text()
  : await readFile(source, "utf8");
const { channels, components } = JSON.parse(text);
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
  if (Array.isArray(schema.type)) {
    return schema.type.map((each) => type({ ...schema, type: each })).join(" | ");
  }
  switch (schema.type) {
    case "array":
      return `${type(schema.items)}[]`;
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

// A channel's event carries an array of its records; the record's schema has the singular name.
const singular = Object.fromEntries(
  schemas.channel.enum.map((channel) => {
    const { payload } = channels.gym.messages[`${channel}.event`];
    return [channel, referred((payload.prefixItems?.[0] ?? payload).items)];
  }),
);

const isSecret = ({ format }) => format === "password";

// What a form may write and no record shows.
const secrets = Object.fromEntries(
  Object.entries(singular)
    .map(([channel, name]) => {
      const { properties = {} } = channels.gym.messages[`new_${name}.request`].payload;
      return [channel, Object.keys(properties).filter((field) => isSecret(properties[field]))];
    })
    .filter(([, fields]) => fields.length > 0),
);

const interfaces = Object.values(singular).map(
  (name) => `export interface ${typeName(name)} {\n${fields(schemas[name]).join("\n")}\n}\n`,
);

const written = `/** The records of each channel. Generated from the server's /asyncapi.json: npm run protocol. */

${interfaces.join("\n")}
export interface Channels {
${Object.entries(singular)
  .map(([channel, name]) => `${channel}: ${typeName(name)};`)
  .join("\n")}
}

/** What names the events of a channel: \`new_coach\`, \`update_coach\`, \`delete_coach\`. */
export const singular = ${JSON.stringify(singular)} as const satisfies Record<keyof Channels, string>;

/** Fields that are written and never read; they are passwords. */
export const secrets = ${JSON.stringify(secrets)} as const satisfies Partial<Record<keyof Channels, readonly string[]>>;
`;

await writeFile(
  file,
  await format(written, { ...(await resolveConfig(ours)), parser: "typescript" }),
);
