// Writes what the realtime library has to know of the server, from the server's description of itself:
// `npm run protocol -- [address or file of asyncapi.json] [file to write]`.
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { description } from "./packages/realtime/bin/description.mjs";
import { typesOf } from "./packages/realtime/bin/types.mjs";

const ours = fileURLToPath(new URL("src/protocol.ts", import.meta.url));
const [source = "http://localhost:5555", file = ours] = process.argv.slice(2);
const written = typesOf(await description(source), { register: true });
await writeFile(
  file,
  await format(written, { ...(await resolveConfig(ours)), parser: "typescript" }),
);
