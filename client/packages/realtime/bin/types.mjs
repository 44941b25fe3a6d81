/**
 * What an application has to know of a server, as TypeScript, from the server's /asyncapi.json: the types of the records,
 * and the `protocol`. `register`: the types are declared for the whole application, and need not be given as a parameter.
 */
export function typesOf(description, { register = false } = {}) {
  const { channels, components, "x-sort-keys": sortKeys = {} } = description;
  const { schemas } = components;
  // A channel of the description is a namespace; one of them has the records.
  const { messages } = Object.values(channels).find(({ messages: of }) => "sync.ack" in of);

  // A list has records; their schema has the singular name.
  const singular = Object.fromEntries(
    schemas.channel.enum.map((channel) => {
      const [done] = messages[`list_${channel}.ack`].payload.oneOf;
      return [channel, referred(done.properties.data.properties.records.items)];
    }),
  );

  // A channel that is in no snapshot is never sent whole.
  const { snapshot } = schemas.synced.oneOf.find(
    ({ properties }) => "snapshot" in properties,
  ).properties;
  const big = schemas.channel.enum.filter((channel) => !(channel in snapshot.properties));

  // What a form may write and no record shows.
  const writeOnly = Object.fromEntries(
    Object.entries(singular)
      .map(([channel, name]) => {
        const { properties = {} } = messages[`new_${name}.request`].payload;
        return [channel, Object.keys(properties).filter((field) => isWriteOnly(properties[field]))];
      })
      .filter(([, names]) => names.length > 0),
  );

  const interfaces = Object.values(singular).map(
    (name) => `export interface ${typeName(name)} {\n${lines(fields(schemas[name]))}}\n`,
  );
  const records = Object.entries(singular).map(
    ([channel, name]) => `${channel}: ${typeName(name)};`,
  );
  const known = { singular, writeOnly, sortKeys, ...(big.length > 0 && { big }) };
  const declared = `
declare module "@spotter/realtime" {
  interface Register {
    channels: Channels;
  }
}
`;
  return `/** The records of each channel. Generated from the server's /asyncapi.json: npm run protocol. */
import type { Protocol } from "@spotter/realtime";

${interfaces.join("\n")}
export interface Channels {
${lines(records)}}
${register ? declared : ""}
export const protocol${register ? "" : ": Protocol<Channels>"} = {
${lines(Object.entries(known).map(([name, value]) => `${name}: ${JSON.stringify(value)},`))}}${register ? " as const satisfies Protocol" : ""};
`;
}

const lines = (texts) => texts.map((text) => `  ${text}\n`).join("");

const typeName = (name) =>
  name
    .split("_")
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join("");

const referred = (schema) => schema.$ref?.split("/").at(-1);

const isWriteOnly = ({ format }) => format === "password";

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
